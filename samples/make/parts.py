"""Cuts single parts out of KiCad's 3D models, seen from above, on nothing.

usage: parts.py board OUTDIR          (python with pcbnew) boards whose parts hang over holes
       parts.py cut OUTDIR SAMPLESDIR (python with cv2)    renders them and writes parts/*.png and parts.json
"""
import json
import os
import subprocess
import sys

MODELS = os.environ.get("KICAD9_3DMODEL_DIR", "/usr/share/kicad/3dmodels")
# file, class, model, marking, marking size in mm, marking colour
GREY, DARK, PALE = (0.47, 0.47, 0.46), (0.14, 0.09, 0.05), (0.72, 0.72, 0.72)
PARTS = [
    ("r0402", "resistor", "Resistor_SMD/R_0402_1005Metric", None, 0, None),
    ("r0603-103", "resistor", "Resistor_SMD/R_0603_1608Metric", "103", .42, PALE),
    ("r0603-000", "resistor", "Resistor_SMD/R_0603_1608Metric", "000", .42, PALE),
    ("r0805-472", "resistor", "Resistor_SMD/R_0805_2012Metric", "472", .62, PALE),
    ("r1206-r010", "resistor", "Resistor_SMD/R_1206_3216Metric", "R010", .75, PALE),
    ("rarray-4x0603", "resistor", "Resistor_SMD/R_Array_Convex_4x0603", "103", .5, PALE),
    ("c0402", "capacitor", "Capacitor_SMD/C_0402_1005Metric", None, 0, None),
    ("c0603", "capacitor", "Capacitor_SMD/C_0603_1608Metric", None, 0, None),
    ("c0805", "capacitor", "Capacitor_SMD/C_0805_2012Metric", None, 0, None),
    ("c1206", "capacitor", "Capacitor_SMD/C_1206_3216Metric", None, 0, None),
    ("tantalum-a", "capacitor", "Capacitor_Tantalum_SMD/CP_EIA-3216-18_Kemet-A", "106", .7, DARK),
    ("tantalum-b", "capacitor", "Capacitor_Tantalum_SMD/CP_EIA-3528-21_Kemet-B", "476", .75, DARK),
    ("tantalum-d", "capacitor", "Capacitor_Tantalum_SMD/CP_EIA-7343-31_Kemet-D", "107\n16V", .9, DARK),
    ("electrolytic-6.3", "capacitor", "Capacitor_SMD/CP_Elec_6.3x7.7", "220\n16V", 1.0, (.08, .08, .09)),
    ("sot-23", "transistor", "Package_TO_SOT_SMD/SOT-23", "1AM", .55, GREY),
    ("sot-323", "transistor", "Package_TO_SOT_SMD/SOT-323_SC-70", "K1", .45, GREY),
    ("sot-223", "transistor", "Package_TO_SOT_SMD/SOT-223", "1117", .9, GREY),
    ("tdson-8", "transistor", "Package_TO_SOT_SMD/TDSON-8-1", "N045", .8, GREY),
    ("sot-23-6", "ic", "Package_TO_SOT_SMD/SOT-23-6", "EP6", .6, GREY),
    ("sot-563", "ic", "Package_TO_SOT_SMD/SOT-563", "7B", .45, GREY),
    ("so-8", "ic", "Package_SO/SOIC-8_3.9x4.9mm_P1.27mm", "25Q64\n2418", .65, GREY),
    ("so-8-wide", "ic", "Package_SO/SOIC-8_5.3x5.3mm_P1.27mm", "25Q128\nJV2423", .75, GREY),
    ("tssop-16", "ic", "Package_SO/TSSOP-16_4.4x5mm_P0.65mm", "LC245\n2406", .75, GREY),
    ("msop-8", "ic", "Package_SO/MSOP-8_3x3mm_P0.65mm", "AD3\n41", .7, GREY),
    ("qfn-16", "ic", "Package_DFN_QFN/QFN-16-1EP_3x3mm_P0.5mm_EP1.7x1.7mm", "S7K\n420", .65, GREY),
    ("qfn-24", "ic", "Package_DFN_QFN/QFN-24-1EP_4x4mm_P0.5mm_EP2.7x2.7mm", "HB4\n417", .85, GREY),
    ("dfn-6", "ic", "Package_DFN_QFN/DFN-6-1EP_2x2mm_P0.65mm_EP1x1.6mm", "P4", .6, GREY),
    ("wson-8", "ic", "Package_SON/WSON-8-1EP_6x5mm_P1.27mm_EP3.4x4.3mm", "25R256\n2419", .85, GREY),
    ("x2son-8", "ic", "Package_SON/X2SON-8_1.4x1mm_P0.35mm", None, 0, None),
    ("vson-8-1.5x2", "ic", "Package_SON/Texas_VSON-HR-8_1.5x2mm_P0.5mm", None, 0, None),
    ("wlcsp-6", "ic", "Package_BGA/Texas_DSBGA-6_0.757x1.01mm_Layout2x3_P0.35mm", None, 0, None),
    ("wlcsp-12", "ic", "Package_BGA/Texas_DSBGA-12_1.36x1.86mm_Layout3x4_P0.5mm", "G2", .5, GREY),
    ("bga-25", "ic", "Package_BGA/BGA-25_6.35x6.35mm_Layout5x5_P1.27mm", "U9\n2410", .9, GREY),
    ("lqfp-32", "ic", "Package_QFP/LQFP-32_5x5mm_P0.5mm", "F031\n2422", .8, GREY),
    ("d-sma", "diode", "Diode_SMD/D_SMA", "SS24", .8, GREY),
    ("d-sod-123", "diode", "Diode_SMD/D_SOD-123", "T4", .6, GREY),
    ("d-sod-323", "diode", "Diode_SMD/D_SOD-323", "S4", .45, GREY),
    ("d-minimelf", "diode", "Diode_SMD/D_MiniMELF", None, 0, None),
    ("led-0603", "led", "LED_SMD/LED_0603_1608Metric", None, 0, None),
    ("led-0805", "led", "LED_SMD/LED_0805_2012Metric", None, 0, None),
    ("l-0603", "inductor", "Inductor_SMD/L_0603_1608Metric", None, 0, None),
    ("l-3015", "inductor", "Inductor_SMD/L_APV_ANR3015", "2R2", .8, GREY),
    ("l-5040", "inductor", "Inductor_SMD/L_APV_ANR5040", "4R7", 1.0, GREY),
    ("crystal-3225", "crystal", "Crystal/Crystal_SMD_3225-4Pin_3.2x2.5mm", "25.0", .65, (.1, .1, .1)),
    ("crystal-2520", "crystal", "Crystal/Crystal_SMD_2520-4Pin_2.5x2.0mm", "27", .5, (.1, .1, .1)),
    ("fuse-1206", "fuse", "Fuse/Fuse_1206_3216Metric", None, 0, None),
    ("switch-tact", "switch", "Button_Switch_SMD/SW_SPST_PTS647Sx50", None, 0, None),
    ("jst-gh-4", "connector", "Connector_JST/JST_GH_BM04B-GHS-TBT_1x04-1MP_P1.25mm_Vertical", None, 0, None),
    ("header-2x2", "connector", "Connector_PinHeader_2.54mm/PinHeader_2x02_P2.54mm_Vertical", None, 0, None),
]
SHEETS = {"small": (lambda d: d <= 3.3, 6), "large": (lambda d: d > 3.3, 6)}


def path_of(model):
    lib, name = model.split("/")
    return "%s/%s.3dshapes/%s.wrl" % (MODELS, lib, name)


def build(out):
    import pcbnew

    import board as bd
    import vrml

    out = os.path.abspath(out)
    info = {}
    for sheet, (belongs, cols) in SHEETS.items():
        b = bd.Builder(out)
        rows = []
        for part in PARTS:
            v = vrml.bounds(path_of(part[2]))
            w, h = v[3] - v[0], v[4] - v[1]
            if belongs(max(w, h)):
                rows.append((part, v, w, h))
        cell = max(max(r[2], r[3]) for r in rows) + 0.8
        n = (len(rows) + cols - 1) // cols
        W, H = cols * (cell + 0.6) + 0.6, n * (cell + 0.6) + 0.6
        e = pcbnew.Edge_Cuts

        def rect(x0, y0, x1, y1):
            for a in ((x0, y0, x1, y0), (x1, y0, x1, y1), (x1, y1, x0, y1), (x0, y1, x0, y0)):
                b.line(*a, 0.02, e)

        rect(0, 0, W, H)
        entries = []
        for i, (part, v, w, h) in enumerate(rows):
            x0 = 0.6 + (i % cols) * (cell + 0.6)
            y0 = 0.6 + (i // cols) * (cell + 0.6)
            rect(x0, y0, x0 + cell, y0 + cell)
            f = pcbnew.FOOTPRINT(b.board)
            f.SetReference("P%d" % i)
            f.Reference().SetVisible(False)
            f.Value().SetVisible(False)
            f.SetPosition(bd.at(x0 + cell / 2 - (v[0] + v[3]) / 2, y0 + cell / 2 + (v[1] + v[4]) / 2))
            b.add_model(f, path_of(part[2]).replace(MODELS, "${KICAD9_3DMODEL_DIR}"))
            if part[3]:
                rot = 90 if h > w * 1.25 and "\n" not in part[3] else 0
                b.add_model(f, "${KIPRJMOD}/models/" + b.mark(part[3], part[4], part[5]), v[5] + 0.012, rot,
                            (v[0] + v[3]) / 2, (v[1] + v[4]) / 2)
            b.board.Add(f)
            entries.append(dict(file=part[0] + ".png", cls=part[1], w=w, h=h, x=x0, y=y0, cell=cell))
        bd.save(b.board, os.path.join(out, "parts-%s.kicad_pcb" % sheet))
        info[sheet] = dict(W=W, H=H, entries=entries)
        out_models = os.path.join(out, "models")
        for k in list(b.marks.values()):
            os.replace(os.path.join(out_models, k), os.path.join(out_models, sheet + k))
        text = open(os.path.join(out, "parts-%s.kicad_pcb" % sheet)).read().replace("/models/mark", "/models/%smark" % sheet)
        open(os.path.join(out, "parts-%s.kicad_pcb" % sheet), "w").write(text)
    json.dump(info, open(os.path.join(out, "parts.json"), "w"), indent=1)


def cut(work, samples):
    import cv2
    import numpy as np

    info = json.load(open(os.path.join(work, "parts.json")))
    target = os.path.join(samples, "parts")
    os.makedirs(target, exist_ok=True)
    listing = []
    for sheet, s in info.items():
        png = os.path.join(work, "parts-%s.png" % sheet)
        size = 4000
        subprocess.run(["kicad-cli", "pcb", "render", "--zoom", "0.9", "--light-top", "0.30", "--light-side", "0.25",
                        "--light-camera", "0.15", "--light-bottom", "0", "-w", str(size), "-h", str(int(size * 0.8)), "-o", png,
                        os.path.join(work, "parts-%s.kicad_pcb" % sheet)], check=True, stdout=subprocess.DEVNULL)
        img = cv2.imread(png, cv2.IMREAD_UNCHANGED)
        x, y, w, h = cv2.boundingRect((img[..., 3] > 128).astype(np.uint8))
        k = w / s["W"]
        if abs(h / s["H"] - k) > 0.01 * k:
            raise SystemExit("sheet %s is not square on" % sheet)
        for e in s["entries"]:
            m = 0.12
            x0, y0 = int(x + (e["x"] + m) * k), int(y + (e["y"] + m) * k)
            x1, y1 = int(x + (e["x"] + e["cell"] - m) * k), int(y + (e["y"] + e["cell"] - m) * k)
            c = img[y0:y1, x0:x1].astype(np.float32)
            bx, by, bw, bh = cv2.boundingRect((c[..., 3] > 100).astype(np.uint8))
            bx, by = max(bx - 2, 0), max(by - 2, 0)
            c = c[by:by + bh + 4, bx:bx + bw + 4]
            long_mm = max(e["w"], e["h"])
            ppm = min(max(24.0, 64.0 / long_mm), 290.0 / long_mm, k)
            f = ppm / k
            a = c[..., 3:] / 255
            nw, nh = max(1, round(c.shape[1] * f)), max(1, round(c.shape[0] * f))
            pre = cv2.resize(c[..., :3] * a, (nw, nh), interpolation=cv2.INTER_AREA)
            al = cv2.resize(a[..., 0], (nw, nh), interpolation=cv2.INTER_AREA)
            rgb = pre / np.maximum(al, 1e-3)[..., None]
            rgb = ((np.clip(rgb / 255, 0, 1) ** 2.2 - 0.012).clip(0) * 0.92) ** (1 / 2.2) * 255
            outp = np.dstack([np.clip(rgb, 0, 255), al * 255]).round().astype(np.uint8)
            outp[al < 0.004] = 0
            cv2.imwrite(os.path.join(target, e["file"]), outp, [cv2.IMWRITE_PNG_COMPRESSION, 9])
            listing.append({"file": e["file"], "class": e["cls"], "widthMm": round((nw - 4 * f) / ppm, 2),
                            "heightMm": round((nh - 4 * f) / ppm, 2), "pxPerMm": round(ppm, 2)})
    order = {p[0] + ".png": i for i, p in enumerate(PARTS)}
    listing.sort(key=lambda q: order[q["file"]])
    with open(os.path.join(target, "parts.json"), "w") as out:
        out.write("[\n" + ",\n".join("  " + json.dumps(q) for q in listing) + "\n]\n")


if __name__ == "__main__":
    if sys.argv[1] == "board":
        build(sys.argv[2])
    else:
        cut(sys.argv[2], sys.argv[3])
