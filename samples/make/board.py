"""Builds the sample board and its variants. Needs KiCad 9's python module `pcbnew`.

usage: board.py OUTDIR        writes good, implant, missing-wrong and calibration boards plus sites.json
"""
import heapq
import json
import math
import os
import random
import re
import sys

import pcbnew

import vrml

LIB = os.environ.get("KICAD_FOOTPRINTS", "/usr/share/kicad/footprints")
MODELS = os.environ.get("KICAD9_3DMODEL_DIR", "/usr/share/kicad/3dmodels")
W, H = 110.0, 85.0
OX, OY = 50.0, 50.0  # where the board sits on the page
NAME = "LARKSPUR M1"
rng = random.Random(20)

mm = pcbnew.FromMM


def at(x, y):
    return pcbnew.VECTOR2I(mm(x + OX), mm(y + OY))


class Builder:
    def __init__(self, out):
        self.out = out
        self.models = os.path.join(out, "models")
        os.makedirs(self.models, exist_ok=True)
        self.board = pcbnew.BOARD()
        self.taken = []  # courtyards and keep-outs: x0, y0, x1, y1
        self.sites = []
        self.fps = {}
        self.count = {}
        self.nets = {}
        self.marks = {}
        self.bounds_cache = {}

    # ---- nets ------------------------------------------------------------------------------------------------
    def net(self, name):
        if name not in self.nets:
            n = pcbnew.NETINFO_ITEM(self.board, name)
            self.board.Add(n)
            self.nets[name] = n
        return self.nets[name]

    # ---- models ----------------------------------------------------------------------------------------------
    def mark(self, text, size, colour=(0.47, 0.47, 0.46), thickness=0.13):
        """A .wrl with the text as flat quads, centred, facing up."""
        key = (text, size, colour)
        if key in self.marks:
            return self.marks[key]
        path = os.path.join(self.models, "mark%03d.wrl" % len(self.marks))
        m = vrml.Model()
        lines = text.split("\n")
        for i, line in enumerate(lines):
            if not line:
                continue
            t = pcbnew.PCB_TEXT(self.board)
            t.SetText(line)
            t.SetLayer(pcbnew.F_SilkS)
            t.SetTextSize(pcbnew.VECTOR2I(mm(size * 10), mm(size * 10)))
            t.SetTextThickness(mm(size * 10 * thickness))
            ps = pcbnew.SHAPE_POLY_SET()
            t.TransformTextToPolySet(ps, 0, 20000, pcbnew.ERROR_INSIDE)
            bb = ps.BBox()
            cx = (bb.GetLeft() + bb.GetRight()) / 2
            cy = (bb.GetTop() + bb.GetBottom()) / 2
            dy = (i - (len(lines) - 1) / 2) * size * 1.55
            rows = 22
            cols = max(20, int(rows * bb.GetWidth() / bb.GetHeight()))
            sy, sx = bb.GetHeight() / rows, bb.GetWidth() / cols
            for r in range(rows):
                y = bb.GetTop() + (r + 0.5) * sy
                run = None
                for c in range(cols + 1):
                    inside = c < cols and ps.Contains(pcbnew.VECTOR2I(int(bb.GetLeft() + (c + 0.5) * sx), int(y)))
                    if inside and run is None:
                        run = c
                    if not inside and run is not None:
                        xa = (bb.GetLeft() + run * sx - cx) / 1e7
                        xb = (bb.GetLeft() + c * sx - cx) / 1e7
                        ya = -((y - sy / 2 - cy) / 1e7) - dy
                        yb = -((y + sy / 2 - cy) / 1e7) - dy
                        m.quad([(xa, yb, 0), (xb, yb, 0), (xb, ya, 0), (xa, ya, 0)], colour)
                        run = None
        m.write(path)
        self.marks[key] = os.path.basename(path)
        return self.marks[key]

    def add_model(self, fp, filename, dz=0.0, rot=0.0, dx=0.0, dy=0.0):
        m = pcbnew.FP_3DMODEL()
        m.m_Filename = filename
        m.m_Offset.x, m.m_Offset.y, m.m_Offset.z = dx, dy, dz
        m.m_Rotation.z = rot
        fp.Models().append(m)

    def model_bounds(self, fp):
        """Bounds in the footprint's own frame (y up), over its library models."""
        lo, hi = [1e9] * 3, [-1e9] * 3
        for m in fp.Models():
            name = str(m.m_Filename)
            path = re.sub(r"\$\{KICAD\d*_3DMODEL_DIR\}", MODELS, name).replace("${KIPRJMOD}", self.out)
            if not os.path.exists(path):
                continue
            if path not in self.bounds_cache:
                self.bounds_cache[path] = vrml.bounds(path)
            b = self.bounds_cache[path]
            if b[3] < b[0]:
                print(path, file=sys.stderr)
                raise SystemExit("no bounds for " + path)
            rz = -math.radians(m.m_Rotation.z)
            for x in (b[0], b[3]):
                for y in (b[1], b[4]):
                    X = x * math.cos(rz) - y * math.sin(rz) + m.m_Offset.x
                    Y = x * math.sin(rz) + y * math.cos(rz) + m.m_Offset.y
                    lo[0], hi[0] = min(lo[0], X), max(hi[0], X)
                    lo[1], hi[1] = min(lo[1], Y), max(hi[1], Y)
            lo[2], hi[2] = min(lo[2], b[2] + m.m_Offset.z), max(hi[2], b[5] + m.m_Offset.z)
        return None if hi[0] < lo[0] else lo + hi

    # ---- placing ---------------------------------------------------------------------------------------------
    def free(self, r, margin=0.0, inside=0.4):
        x0, y0, x1, y1 = r
        if x0 < inside or y0 < inside or x1 > W - inside or y1 > H - inside:
            return False
        return all(x1 + margin <= a or x0 - margin >= c or y1 + margin <= b or y0 - margin >= d for a, b, c, d in self.taken)

    def load(self, lib, name):
        f = pcbnew.FootprintLoad(os.path.join(LIB, lib + ".pretty"), name)
        if f is None:
            raise SystemExit("no footprint %s:%s" % (lib, name))
        keep = []
        for m in f.Models():
            s = re.sub(r"\.step$", ".wrl", str(m.m_Filename))
            full = re.sub(r"\$\{KICAD\d*_3DMODEL_DIR\}", MODELS, s)
            if not os.path.exists(full):
                s = str(m.m_Filename)
                full = re.sub(r"\$\{KICAD\d*_3DMODEL_DIR\}", MODELS, s)
            if os.path.exists(full):
                m.m_Filename = re.sub(r"\$\{KICAD\d*_3DMODEL_DIR\}", "${KICAD9_3DMODEL_DIR}", s)
                keep.append(m)
        f.Models().clear()
        for m in keep:
            f.Models().append(m)
        return f

    def courtyard(self, f):
        b = f.GetCourtyard(pcbnew.F_CrtYd).BBox()
        if b.GetWidth() <= 0:
            b = f.GetBoundingBox(False)
        t = pcbnew.ToMM
        return (t(b.GetLeft()) - OX, t(b.GetTop()) - OY, t(b.GetRight()) - OX, t(b.GetBottom()) - OY)

    def put(self, ref, cls, lib, name, x, y, rot=0, mark=None, size=0.8, fitted=True, text=True, margin=None,
            extra=None, markrot=0, colour=(0.47, 0.47, 0.46)):
        """margin=None places unconditionally; a number makes it conditional on free space."""
        f = self.load(lib, name)
        f.SetPosition(at(x, y))
        f.SetOrientationDegrees(rot)
        if margin is not None and not self.free(self.courtyard(f), margin):
            return None
        if ref not in self.count:
            self.count[ref] = 0
        self.count[ref] += 1
        full = ref + str(self.count[ref])
        f.SetReference(full)
        f.Value().SetVisible(False)
        for item in list(f.GraphicalItems()):
            if isinstance(item, pcbnew.PCB_TEXT):
                item.SetVisible(False)
            elif item.GetLayer() == pcbnew.F_Fab:
                pass
        if extra:
            for e in extra:
                self.add_model(f, *e)
        b = self.model_bounds(f)
        if mark and fitted and b:
            self.add_model(f, "${KIPRJMOD}/models/" + self.mark(mark, size, colour), b[5] + 0.012, markrot,
                           (b[0] + b[3]) / 2, (b[1] + b[4]) / 2)
        self.board.Add(f)
        court = self.courtyard(f)
        self.taken.append(court)
        self.fps[full] = f
        r = f.Reference()
        r.SetVisible(bool(text))
        small = (court[2] - court[0]) * (court[3] - court[1]) < 12
        s = 0.75 if small else 1.0
        r.SetTextSize(pcbnew.VECTOR2I(mm(s), mm(s)))
        r.SetTextThickness(mm(0.13 if small else 0.16))
        r.SetKeepUpright(True)
        site = {"ref": full, "class": cls, "fitted": fitted}
        if b:
            a = math.radians(rot)
            pts = []
            for px in (b[0], b[3]):
                for py in (b[1], b[4]):
                    X, Y = px, -py
                    pts.append((x + X * math.cos(a) + Y * math.sin(a), y - X * math.sin(a) + Y * math.cos(a)))
            xs, ys = [p[0] for p in pts], [p[1] for p in pts]
            site["boxMm"] = dict(x=round(min(xs), 3), y=round(min(ys), 3), width=round(max(xs) - min(xs), 3),
                                 height=round(max(ys) - min(ys), 3))
            site["heightMm"] = round(b[5], 3) if fitted else 0
        else:
            site["boxMm"] = dict(x=round(court[0], 3), y=round(court[1], 3), width=round(court[2] - court[0], 3),
                                 height=round(court[3] - court[1], 3))
            site["heightMm"] = 0
        self.sites.append(site)
        if not fitted:
            f.Models().clear()
        return full

    def label(self, text, x, y, size=1.0, rot=0, thick=None, layer=pcbnew.F_SilkS):
        t = pcbnew.PCB_TEXT(self.board)
        t.SetText(text)
        t.SetLayer(layer)
        t.SetPosition(at(x, y))
        t.SetTextSize(pcbnew.VECTOR2I(mm(size), mm(size)))
        t.SetTextThickness(mm(thick or size * 0.15))
        t.SetTextAngleDegrees(rot)
        self.board.Add(t)
        return t

    def line(self, x0, y0, x1, y1, w=0.15, layer=pcbnew.F_SilkS):
        s = pcbnew.PCB_SHAPE(self.board)
        s.SetShape(pcbnew.SHAPE_T_SEGMENT)
        s.SetStart(at(x0, y0))
        s.SetEnd(at(x1, y1))
        s.SetLayer(layer)
        s.SetWidth(mm(w))
        self.board.Add(s)

    def circle(self, x, y, r, w=0.15, layer=pcbnew.F_SilkS, fill=False):
        s = pcbnew.PCB_SHAPE(self.board)
        s.SetShape(pcbnew.SHAPE_T_CIRCLE)
        s.SetCenter(at(x, y))
        s.SetEnd(at(x + r, y))
        s.SetLayer(layer)
        s.SetWidth(mm(w))
        s.SetFilled(fill)
        self.board.Add(s)

    def outline(self, r=2.5):
        e = pcbnew.Edge_Cuts
        self.line(r, 0, W - r, 0, 0.05, e)
        self.line(W, r, W, H - r, 0.05, e)
        self.line(W - r, H, r, H, 0.05, e)
        self.line(0, H - r, 0, r, 0.05, e)
        k = r * (1 - math.sqrt(0.5))
        for s, m, t in (((r, 0), (k, k), (0, r)), ((W, r), (W - k, k), (W - r, 0)),
                        ((W - r, H), (W - k, H - k), (W, H - r)), ((0, H - r), (k, H - k), (r, H))):
            a = pcbnew.PCB_SHAPE(self.board)
            a.SetShape(pcbnew.SHAPE_T_ARC)
            a.SetArcGeometry(at(*s), at(*m), at(*t))
            a.SetLayer(e)
            a.SetWidth(mm(0.05))
            self.board.Add(a)


R, C = "Resistor_SMD", "Capacitor_SMD"
P0402R, P0603R, P0805R, P1206R = "R_0402_1005Metric", "R_0603_1608Metric", "R_0805_2012Metric", "R_1206_3216Metric"
P0402C, P0603C, P0805C, P1206C = "C_0402_1005Metric", "C_0603_1608Metric", "C_0805_2012Metric", "C_1206_3216Metric"


def main_parts(b):
    own = "${KIPRJMOD}/models/"
    vrml.slot(os.path.join(b.models, "slot.wrl"), 40, 7.4, 11.0, 1.0)
    vrml.m2_socket(os.path.join(b.models, "m2.wrl"))
    vrml.implant(os.path.join(b.models, "implant.wrl"))
    p = b.put
    for x, y in ((4, 4), (106, 4), (4, 81), (106, 81)):
        p("H", "hole", "MountingHole", "MountingHole_3.2mm_M3_Pad_Via", x, y, text=False)
        b.sites.pop()
    # rear edge
    p("J", "connector", "Connector_RJ", "RJ45_Amphenol_RJHSE538X", 13.2, 8.6)
    p("J", "connector", "Connector_USB", "USB_A_Molex_67643_Horizontal", 41.5, 12.9, 180)
    p("J", "connector", "Connector_USB", "USB_A_Molex_67643_Horizontal", 59.8, 12.9, 180)
    p("J", "connector", "Connector_USB", "USB_C_Receptacle_GCT_USB4105-xx-A_16P_TopMnt_Horizontal", 72.2, 3.8, 180)
    p("J", "connector", "Connector_BarrelJack", "BarrelJack_Horizontal", 87.2, 13.6, -90)
    # the large chips
    p("U", "ic", "Package_BGA", "BGA-625_21.0x21.0mm_Layout25x25_P0.8mm", 50, 42, mark="LARK\nLS9-220C\n2418 A2 TW\n00471.1", size=1.45)
    p("U", "ic", "Package_BGA", "BGA-96_9.0x13.0mm_Layout2x3x16_P0.8mm", 70, 34, mark="DR4-512\nK9H 16B\n2407", size=1.15, markrot=90)
    p("U", "ic", "Package_BGA", "BGA-96_9.0x13.0mm_Layout2x3x16_P0.8mm", 70, 50, mark="DR4-512\nK9H 16B\n2407", size=1.15, markrot=90)
    p("U", "ic", "Package_QFP", "LQFP-128_14x14mm_P0.4mm", 22, 41, mark="BMV-2500\nBMC-128\n24097 S", size=1.5)
    p("U", "ic", "Package_SO", "SOIC-8_5.3x5.3mm_P1.27mm", 11, 55, mark="25Q128\nJV2423", size=0.75)
    p("U", "ic", "Package_SO", "SOIC-8_5.3x5.3mm_P1.27mm", 11, 62.2, mark="25Q256\nJV2419", size=0.75)
    p("U", "ic", "Package_DFN_QFN", "QFN-48-1EP_7x7mm_P0.5mm_EP5.15x5.15mm", 18, 24.5, mark="PH211\n2411", size=1.2)
    p("U", "ic", "Package_QFP", "LQFP-48_7x7mm_P0.5mm", 69.6, 64, mark="SIO47\nD2422", size=1.1)
    p("U", "ic", "Package_DFN_QFN", "QFN-24-1EP_4x4mm_P0.5mm_EP2.7x2.7mm", 50.5, 22, mark="HB4\n417", size=0.85)
    p("U", "ic", "Package_DFN_QFN", "QFN-24-1EP_4x4mm_P0.5mm_EP2.7x2.7mm", 81.5, 30, mark="PW3\n420", size=0.85)
    p("U", "ic", "Package_SO", "TSSOP-16_4.4x5mm_P0.65mm", 79.4, 64, mark="LC245\n2406", size=0.8)
    p("U", "ic", "Package_SO", "SOIC-14_3.9x8.7mm_P1.27mm", 33.5, 26, rot=90, mark="LM324D\n2415", size=0.8, markrot=90)
    p("U", "ic", "Package_TO_SOT_SMD", "SOT-223", 80.5, 20.5, rot=90, mark="1117-33", size=0.7, markrot=90)
    # reserved before anything small is placed: the ground beside the flash chips, the name, the M.2 card area
    b.taken.append((16.4, 51.0, 24.2, 60.6))
    b.keep = (16.4, 51.0, 24.2, 60.6)
    b.taken.append((85.0, 67.0, 105.0, 76.2))
    b.taken.append((83.2, 76.6, 88.0, 81.2))
    b.taken.append((92.8, 77.2, 99.2, 83.6))
    # power
    for y in (27, 36, 45):
        p("L", "inductor", "Inductor_SMD", "L_APV_APH0650", 97.4, y, mark="1R0", size=1.5, colour=(0.70, 0.70, 0.68))
        p("Q", "transistor", "Package_TO_SOT_SMD", "TDSON-8-1", 88.8, y - 1.0, mark="N045", size=0.8)
        p("C", "capacitor", C, "CP_Elec_6.3x7.7", 105.6, y, 90, mark="220\n16V", size=1.0, colour=(0.08, 0.08, 0.09))
    p("C", "capacitor", C, "CP_Elec_8x10", 97.6, 6.2, 90, mark="470\n25V", size=1.3, colour=(0.08, 0.08, 0.09))
    p("C", "capacitor", C, "CP_Elec_8x10", 98.2, 17.2, 90, mark="470\n25V", size=1.3, colour=(0.08, 0.08, 0.09))
    p("D", "diode", "Diode_SMD", "D_SMA", 106.4, 12.4, 90, mark="SS34", size=0.8)
    p("F", "fuse", "Fuse", "Fuse_1206_3216Metric", 106.4, 18.4, 90)
    p("L", "inductor", "Inductor_SMD", "L_APV_ANR5040", 81.2, 36.2, mark="4R7", size=1.0)
    dark = (0.14, 0.09, 0.05)
    for y in (41.6, 47.2, 52.6):
        p("C", "capacitor", "Capacitor_Tantalum_SMD", "CP_EIA-7343-31_Kemet-D", 81.6, y, mark="107\n16V", size=0.9, colour=dark)
    for x, y in ((30.6, 17.6), (63.8, 18.9)):
        p("C", "capacitor", "Capacitor_Tantalum_SMD", "CP_EIA-3528-21_Kemet-B", x, y, mark="476", size=0.75, colour=dark)
    # lower half
    p("J", "connector", "Connector_PinHeader_2.54mm", "PinHeader_2x05_P2.54mm_Vertical", 31.6, 69.6)
    p("J", "connector", "Connector_PinHeader_1.27mm", "PinHeader_2x10_P1.27mm_Vertical_SMD", 38.4, 61.6, 90)
    p("J", "connector", "Connector_JST", "JST_XH_B4B-XH-A_1x04_P2.50mm_Vertical", 5.0, 33.0, 90)
    p("J", "connector", "Connector_JST", "JST_GH_BM04B-GHS-TBT_1x04-1MP_P1.25mm_Vertical", 5.2, 42.4, 90)
    p("BT", "battery", "Battery", "BatteryHolder_Keystone_3000_1x12mm", 17.4, 75.6,
      extra=[("${KICAD9_3DMODEL_DIR}/Battery.3dshapes/Battery_CR1225.wrl", 1.2)])
    p("SW", "switch", "Button_Switch_SMD", "SW_SPST_PTS647_Sx50", 40.0, 74.0, 90,
      extra=[("${KICAD9_3DMODEL_DIR}/Button_Switch_SMD.3dshapes/SW_SPST_PTS647Sx50.wrl",)])
    p("LS", "buzzer", "Buzzer_Beeper", "PUIAudio_SMT_0825_S_4_R", 54.2, 60.4)
    p("Y", "crystal", "Crystal", "Crystal_SMD_3225-4Pin_3.2x2.5mm", 26.4, 20.8, mark="25.0", size=0.65, colour=(0.1, 0.1, 0.1))
    p("Y", "crystal", "Crystal", "Crystal_SMD_HC49-SD", 42.8, 23.4, 90, mark="24.000", size=1.1, colour=(0.25, 0.25, 0.25), markrot=0)
    p("Y", "crystal", "Crystal", "Crystal_SMD_3225-4Pin_3.2x2.5mm", 29.0, 53.2, mark="27.0", size=0.65, colour=(0.1, 0.1, 0.1))
    # our own sockets: pads drawn here, bodies from vrml.py
    own_socket(b, "slot", 62.8, 75.0, 40, 7.4, 11.0, own + "slot.wrl", 1.0, 2)
    own_socket(b, "m2", 95.6, 57.6, 22, 8.6, 4.2, own + "m2.wrl", 0.5, 1)
    # small actives
    sot = ("Package_TO_SOT_SMD", "SOT-23")
    for x, y, r, m in ((33.4, 33.4, 0, "1AM"), (33.4, 37.4, 0, "1AM"), (27.0, 58.4, 90, "K72"), (23.8, 63.4, 90, "K72"),
                       (61.6, 66.4, 0, "A6p"), (84.6, 59.4, 0, "1AM"), (91.2, 49.4, 0, "S2N"), (74.4, 12.4, 90, "K72"),
                       (6.0, 50.0, 90, "1AM"), (36.4, 52.4, 0, "A6p")):
        p("Q", "transistor", *sot, x, y, r, mark=m, size=0.55, markrot=90, margin=0.1)
    for x, y, r in ((37.2, 18.2, 90), (55.4, 18.2, 90), (71.4, 11.4, 0)):
        p("U", "ic", "Package_TO_SOT_SMD", "SOT-23-6", x, y, r, mark="EP6", size=0.6, markrot=90, margin=0.05)
    for x, y, r in ((81.0, 25.4, 0), (9.2, 19.2, 0), (30.0, 45.8, 90), (103.4, 51.4, 0), (62.6, 23.6, 0)):
        p("D", "diode", "Diode_SMD", "D_SOD-123", x, y, r, mark="T4", size=0.6, margin=0.05)
    for x, y, r in ((91.4, 20.4, 0), (61.4, 28.2, 90)):
        p("D", "diode", "Diode_SMD", "D_SMA", x, y, r, mark="SS24", size=0.8, margin=0.05)
    for x, y in ((37.2, 41.2), (37.2, 47.4)):
        p("L", "inductor", "Inductor_SMD", "L_APV_ANR3015", x - 2.2, y, margin=0.05)
    for i in range(7):
        p("LED", "led", "LED_SMD", "LED_0603_1608Metric", 46.5 + 4.2 * i, 82.9, 180 if i % 3 else 0, margin=0.0)
    # sites that stay empty
    p("U", "ic", "Package_SO", "SOIC-8_3.9x4.9mm_P1.27mm", 27.0, 66.4 - 3.4, 90, fitted=False, margin=0.0)
    p("Q", "transistor", *sot, 60.6, 62.2, 0, fitted=False, margin=0.0)
    p("J", "connector", "Connector_PinHeader_2.54mm", "PinHeader_1x04_P2.54mm_Vertical", 83.2, 82.4, 90, fitted=False, margin=0.0)


def own_socket(b, kind, x, y, length, width, height, model, pitch, rows):
    f = pcbnew.FOOTPRINT(b.board)
    b.count["J"] += 1
    ref = "J%d" % b.count["J"]
    f.SetReference(ref)
    f.SetPosition(at(x, y))
    n = int((length - 5) / pitch)
    for i in range(n):
        for r in range(rows):
            px = x - (n - 1) * pitch / 2 + i * pitch
            pad = pcbnew.PAD(f)
            if kind == "slot":
                pad.SetAttribute(pcbnew.PAD_ATTRIB_PTH)
                pad.SetShape(pcbnew.PAD_SHAPE_CIRCLE)
                pad.SetSize(pcbnew.VECTOR2I(mm(0.75), mm(0.75)))
                pad.SetDrillSize(pcbnew.VECTOR2I(mm(0.45), mm(0.45)))
                pad.SetLayerSet(pcbnew.PAD.PTHMask())
                pad.SetPosition(at(px, y + (r - 0.5) * 3.6 + (0.6 if i % 2 else -0.6)))
            else:
                pad.SetAttribute(pcbnew.PAD_ATTRIB_SMD)
                pad.SetShape(pcbnew.PAD_SHAPE_RECT)
                pad.SetSize(pcbnew.VECTOR2I(mm(0.28), mm(1.5)))
                pad.SetLayerSet(pcbnew.PAD.SMDMask())
                pad.SetPosition(at(px, y + 4.4))
            pad.SetNumber("%d" % (i * rows + r + 1))
            f.Add(pad)
    hx, hy = length / 2, width / 2
    b.add_model(f, model)
    b.board.Add(f)
    b.fps[ref] = f
    for a in ((-hx, -hy, hx, -hy), (hx, -hy, hx, hy), (hx, hy, -hx, hy), (-hx, hy, -hx, -hy)):
        b.line(x + a[0] * 1.006, y + a[1] * 1.03, x + a[2] * 1.006, y + a[3] * 1.03)
    b.taken.append((x - hx - 0.5, y - hy - 0.5, x + hx + 0.5, y + hy + 1.2))
    if kind == "m2":
        bx = dict(x=x - 11, y=y - 3.4, width=22, height=7.7)
    else:
        bx = dict(x=x - hx, y=y - hy, width=length, height=width)
    f.Reference().SetPosition(at(x - hx + 1.6, y - hy - 1.1 if kind == "m2" else y - hy - 0.9))
    f.Reference().SetTextSize(pcbnew.VECTOR2I(mm(0.9), mm(0.9)))
    f.Reference().SetTextThickness(mm(0.14))
    f.Value().SetVisible(False)
    b.sites.append({"ref": ref, "class": "connector", "fitted": True,
                    "boxMm": {k: round(v, 3) for k, v in bx.items()}, "heightMm": height})


MARKS_0603 = ["103", "472", "220", "101", "000", "49R", "102"]
WHITE = (0.72, 0.72, 0.72)


def passive(b, kind, size, x, y, rot, margin, fitted=True):
    if kind == "R":
        name = {4: P0402R, 6: P0603R, 8: P0805R, 12: P1206R}[size]
        mark = rng.choice(MARKS_0603) if size > 4 else None
        return b.put("R", "resistor", R, name, x, y, rot, mark=mark, size={4: .3, 6: .42, 8: .62, 12: .85}[size],
                     margin=margin, fitted=fitted, colour=WHITE)
    name = {4: P0402C, 6: P0603C, 8: P0805C, 12: P1206C}[size]
    return b.put("C", "capacitor", C, name, x, y, rot, margin=margin, fitted=fitted)


def passives(b):
    for text, x, y in LABELS:
        b.taken.append((x - 0.45 * len(text), y - 0.7, x + 0.45 * len(text), y + 0.7))
    # decoupling beside the large chips, as their ball or pin rows suggest
    def ring(cx, cy, half_x, half_y, step, kind, size, sides="nsew"):
        n = int(2 * half_x / step)
        for i in range(n):
            x = cx - half_x + (i + 0.5) * step
            if "n" in sides:
                passive(b, kind, size, x, cy - half_y - 1.0, 90, 0.02)
            if "s" in sides:
                passive(b, kind, size, x, cy + half_y + 1.0, 90, 0.02)
        n = int(2 * half_y / step)
        for i in range(n):
            y = cy - half_y + (i + 0.5) * step
            if "w" in sides:
                passive(b, kind, size, cx - half_x - 1.0, y, 0, 0.02)
            if "e" in sides:
                passive(b, kind, size, cx + half_x + 1.0, y, 0, 0.02)

    ring(50, 42, 11.7, 11.7, 1.25, "C", 4, "nsw")
    ring(50, 42, 14.0, 14.2, 1.9, "C", 6, "ns")
    for y in (28.5, 31.2, 33.9, 36.6, 39.3, 44.6, 47.3, 50, 52.7, 55.4):
        passive(b, "C", 4, 63.3, y, 90, 0.02)
        passive(b, "R", 4, 63.3, y + 1.25, 90, 0.02)
        passive(b, "C", 4, 76.6, y, 0, 0.02)
    ring(22, 41, 9.0, 9.0, 3.1, "C", 4)
    ring(22, 41, 9.9, 9.9, 2.2, "R", 4, "se")
    ring(18, 24.5, 4.4, 4.4, 1.7, "C", 4)
    ring(69.6, 64, 5.3, 5.3, 2.1, "C", 4)
    for y in (53, 57, 60.2, 64.2):
        passive(b, "R", 6, 4.6, y, 90, 0.05)
    for x in (8.5, 10.6, 12.7):
        passive(b, "C", 6, x, 50.6, 90, 0.05)
    for y in (23, 27, 31, 34, 38, 42, 46, 50):
        passive(b, "C", 8, 93.0 - 0.4, y, 90, 0.05)
        passive(b, "R", 6, 84.6, y, 90, 0.05)
    for i in range(7):
        passive(b, "R", 6, 46.5 + 4.2 * i, 80.9, 0, 0.0)
    for x in (84.6, 87.2, 89.8, 92.4, 95, 97.6, 100.2):
        passive(b, "C", 12 if x < 93 else 8, x, 64.6, 90, 0.05)
    # rows and blocks wherever there is room
    tries = 0
    placed = 0
    while placed < 330 and tries < 20000:
        tries += 1
        kind, size = rng.choice([("R", 4), ("C", 4), ("R", 4), ("C", 4), ("R", 6), ("C", 6), ("C", 6), ("R", 8), ("C", 8)])
        rot = rng.choice([0, 90])
        n = rng.randint(2, 7)
        along_x = rng.random() < 0.5
        pitch = {4: 1.15, 6: 1.75, 8: 2.3}[size] if (along_x == (rot == 90)) else {4: 2.3, 6: 3.4, 8: 4.2}[size]
        x, y = rng.uniform(2, W - 2), rng.uniform(2, H - 2)
        cells = [(x + i * pitch * along_x, y + i * pitch * (not along_x)) for i in range(n)]
        half = {4: (0.95, 0.5), 6: (1.5, 0.75), 8: (1.75, 1.0)}[size]
        hx, hy = half if rot == 0 else half[::-1]
        if all(b.free((cx - hx, cy - hy, cx + hx, cy + hy), 0.35) for cx, cy in cells):
            for cx, cy in cells:
                dnp = rng.random() < 0.05
                if passive(b, kind, size, cx, cy, rot, 0.0, fitted=not dnp):
                    placed += 1


LABELS = (("LAN", 15, 18.0), ("USB1", 49, 17.0), ("USB2", 59.6, 16.8), ("DC 12V", 87.0, 17.6), ("RESET", 40.0, 68.4),
          ("FPANEL", 27.6, 83.2), ("TPM", 47.4, 66.9), ("PCIE1", 79.6, 70.3), ("FAN", 3.4, 20.4), ("M2", 108.5, 58))


def silk(b):
    b.label(NAME, 95.0, 69.4, 2.0, thick=0.32)
    b.label("REV B  2024-31", 95.0, 72.2, 1.1)
    b.label("MADE FOR TESTING", 95.0, 74.3, 0.9)
    for i in range(8):  # a small flower
        a = i * math.pi / 4
        b.circle(85.6 + 1.2 * math.cos(a), 79.0 + 1.2 * math.sin(a), 0.62, 0.18)
    b.circle(85.6, 79.0, 0.5, 0.1, fill=True)
    b.circle(96, 80.4, 2.9, 0.15)
    for text, x, y in LABELS:
        b.label(text, x, y, 0.95)
    place_refs(b)


def place_refs(b):
    """Each reference text goes beside its part where it covers no pad and no other text."""
    cell = 0.2
    nx, ny = int(W / cell), int(H / cell)
    grid = [bytearray(nx) for _ in range(ny)]

    def cells(r):
        x0, y0, x1, y1 = r
        return (max(0, int(x0 / cell)), max(0, int(y0 / cell)), min(nx, int(math.ceil(x1 / cell))), min(ny, int(math.ceil(y1 / cell))))

    def mark(r):
        x0, y0, x1, y1 = cells(r)
        for yy in range(y0, y1):
            for xx in range(x0, x1):
                grid[yy][xx] = 1

    def busy(r):
        if r[0] < 0.6 or r[1] < 0.6 or r[2] > W - 0.6 or r[3] > H - 0.6:
            return True
        x0, y0, x1, y1 = cells(r)
        return any(any(grid[yy][x0:x1]) for yy in range(y0, y1))

    t = pcbnew.ToMM
    for s in b.sites:
        f = b.fps[s["ref"]]
        for pad in f.Pads():
            bb = pad.GetBoundingBox()
            mark((t(bb.GetLeft()) - OX - .1, t(bb.GetTop()) - OY - .1, t(bb.GetRight()) - OX + .1, t(bb.GetBottom()) - OY + .1))
        q = s["boxMm"]
        if s["fitted"]:
            mark((q["x"], q["y"], q["x"] + q["width"], q["y"] + q["height"]))
    for h in ("H1", "H2", "H3", "H4"):
        bb = b.fps[h].GetBoundingBox(False)
        mark((t(bb.GetLeft()) - OX, t(bb.GetTop()) - OY, t(bb.GetRight()) - OX, t(bb.GetBottom()) - OY))
    for d in b.board.GetDrawings():
        if d.GetLayer() == pcbnew.F_SilkS and isinstance(d, pcbnew.PCB_TEXT):
            bb = d.GetBoundingBox()
            mark((t(bb.GetLeft()) - OX, t(bb.GetTop()) - OY, t(bb.GetRight()) - OX, t(bb.GetBottom()) - OY))
    mark(b.keep)
    for s in b.sites:
        f = b.fps[s["ref"]]
        r = f.Reference()
        c = b.courtyard(f) if f.GetCourtyard(pcbnew.F_CrtYd).BBox().GetWidth() > 0 else None
        if c is None:
            continue
        small = r.GetTextHeight() < mm(0.9)
        h = t(r.GetTextHeight())
        w = 0.85 * h * len(s["ref"])
        cx, cy = (c[0] + c[2]) / 2, (c[1] + c[3]) / 2
        options = [(cx, c[1] - h * .55, 0), (cx, c[3] + h * .6, 0), (c[0] - h * .6, cy, 90), (c[2] + h * .6, cy, 90),
                   (c[2] + w * .55, cy, 0), (c[0] - w * .55, cy, 0)]
        for x, y, a in options:
            ww, hh = (w, h) if a == 0 else (h, w)
            rect = (x - ww / 2, y - hh / 2, x + ww / 2, y + hh / 2)
            if not busy(rect):
                r.SetPosition(at(x, y))
                r.SetTextAngleDegrees(a)
                mark(rect)
                break
        else:
            r.SetVisible(not small)
            if not small:
                r.SetPosition(at(cx, c[1] - h * .55))
                r.SetVisible(False)


class Router:
    """A* over a grid on the top side. It is scenery: many nets, short, none crossing another."""

    def __init__(self, b, cell=0.2):
        self.b, self.cell = b, cell
        self.nx, self.ny = int(W / cell) + 1, int(H / cell) + 1
        self.own = [0] * (self.nx * self.ny)
        self.ids = {}
        t = pcbnew.ToMM
        self.pads = []
        for f in b.board.GetFootprints():
            for pad in f.Pads():
                bb = pad.GetBoundingBox()
                r = (t(bb.GetLeft()) - OX, t(bb.GetTop()) - OY, t(bb.GetRight()) - OX, t(bb.GetBottom()) - OY)
                self.pads.append([f.GetReference(), pad, r, None])
        for i, q in enumerate(self.pads):
            self.fill(q[2], -(i + 2), 0.24)
        x0, y0, x1, y1 = b.keep
        self.fill((x0 + 1.2, y0 + 0.8, x1 - 1.0, y1 - 0.8), -1, 0)
        self.fill((0, 0, W, 0.8), -1, 0)
        self.fill((0, H - 0.8, W, H), -1, 0)
        self.fill((0, 0, 0.8, H), -1, 0)
        self.fill((W - 0.8, 0, W, H), -1, 0)

    def fill(self, r, who, grow):
        c = self.cell
        for j in range(max(0, math.ceil((r[1] - grow) / c)), min(self.ny - 1, math.floor((r[3] + grow) / c)) + 1):
            for i in range(max(0, math.ceil((r[0] - grow) / c)), min(self.nx - 1, math.floor((r[2] + grow) / c)) + 1):
                k = j * self.nx + i
                self.own[k] = who if self.own[k] in (0, who) else -1

    def centre(self, q):
        p = q[1].GetPosition()
        return pcbnew.ToMM(p.x) - OX, pcbnew.ToMM(p.y) - OY

    def route(self, a, z, limit=5000):
        """a, z: pad indices (z may be None: the nearest free ground is enough for a via)."""
        c, nx = self.cell, self.nx
        ax, ay = self.centre(self.pads[a])
        s = round(ay / c) * nx + round(ax / c)
        ida = -(a + 2)
        if z is not None:
            zx, zy = self.centre(self.pads[z])
            g = round(zy / c) * nx + round(zx / c)
            idz = -(z + 2)
        gx, gy = (g % nx, g // nx) if z is not None else (0, 0)
        best, came = {s: 0.0}, {}
        heap = [(0.0, s, -1)]
        n = 0
        steps = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)]
        while heap and n < limit:
            _, k, d = heapq.heappop(heap)
            n += 1
            i, j = k % nx, k // nx
            done = k == g if z is not None else (self.own[k] == 0 and best[k] > 0.9 / c and self.clear(i, j))
            if done:
                path = [k]
                while k in came:
                    k = came[k]
                    path.append(k)
                return path[::-1]
            for e, (dx, dy) in enumerate(steps):
                ii, jj = i + dx, j + dy
                if not (0 <= ii < nx and 0 <= jj < self.ny):
                    continue
                kk = jj * nx + ii
                o = self.own[kk]
                if o != 0 and o != ida and not (z is not None and o == idz):
                    continue
                turn = 0
                if d >= 0 and e != d:
                    t = min((e - d) % 8, (d - e) % 8)
                    if t > 1:
                        continue
                    turn = 0.6
                cost = best[k] + (1.414 if dx and dy else 1.0) + turn
                if cost < best.get(kk, 1e9):
                    best[kk] = cost
                    came[kk] = k
                    if z is None:
                        h = 0
                    else:
                        ex, ey = abs(gx - ii), abs(gy - jj)
                        h = max(ex, ey) + 0.414 * min(ex, ey)
                    heapq.heappush(heap, (cost + h * 1.05, kk, e))
        return None

    def clear(self, i, j):
        for jj in range(j - 2, j + 3):
            for ii in range(i - 2, i + 3):
                if not (0 <= ii < self.nx and 0 <= jj < self.ny) or self.own[jj * self.nx + ii] != 0:
                    return False
        return True

    def draw(self, path, net, width, a, z):
        c, nx = self.cell, self.nx
        pts = [((k % nx) * c, (k // nx) * c) for k in path]
        pts[0] = self.centre(self.pads[a])
        if z is not None:
            pts[-1] = self.centre(self.pads[z])
        out = [pts[0]]
        for p, q, r in zip(pts, pts[1:], pts[2:]):
            if abs((q[0] - p[0]) * (r[1] - q[1]) - (q[1] - p[1]) * (r[0] - q[0])) > 1e-6:
                out.append(q)
        out.append(pts[-1])
        for p, q in zip(out, out[1:]):
            t = pcbnew.PCB_TRACK(self.b.board)
            t.SetStart(at(*p))
            t.SetEnd(at(*q))
            t.SetWidth(mm(width))
            t.SetLayer(pcbnew.F_Cu)
            t.SetNet(net)
            self.b.board.Add(t)
        for k in path:
            i, j = k % nx, k // nx
            self.fill((i * c, j * c, i * c, j * c), -(a + 2), 0.21)
        if z is None:
            self.via(out[-1], net)

    def via(self, p, net, size=0.5, drill=0.25):
        v = pcbnew.PCB_VIA(self.b.board)
        v.SetPosition(at(*p))
        v.SetWidth(mm(size))
        v.SetDrill(mm(drill))
        v.SetNet(net)
        self.b.board.Add(v)
        self.fill((p[0], p[1], p[0], p[1]), -1, 0.42)

    def run(self):
        used, n = set(), 0
        by_ref = {}
        for i, q in enumerate(self.pads):
            by_ref.setdefault(q[0], []).append(i)

        def join(i, j, limit, width=0.13):
            nonlocal n
            path = self.route(i, j, limit)
            if not path:
                return False
            n += 1
            net = self.b.net("N%d" % n)
            self.pads[i][1].SetNet(net)
            used.add(i)
            if j is not None:
                self.pads[j][1].SetNet(net)
                used.add(j)
            self.draw(path, net, width, i, j)
            return True

        def side(ref, where, count, lo=0.0, hi=1.0):
            pads = [i for i in by_ref[ref] if i not in used]
            cs = {i: self.centre(self.pads[i]) for i in pads}
            ax = 0 if where in "ew" else 1
            ext = (max if where in "es" else min)(c[ax] for c in cs.values())
            edge = sorted((i for i in pads if abs(cs[i][ax] - ext) < 0.3), key=lambda i: cs[i][1 - ax])
            m = len(edge)
            edge = edge[int(m * lo):int(m * hi)]
            return edge if len(edge) <= count else [edge[int(k * (len(edge) - 1) / (count - 1))] for k in range(count)]

        for ra, sa, rz, sz, cnt, la, lz in (
                ("U4", "e", "U1", "w", 16, (0.2, 1), (0, 0.9)), ("U1", "e", "U2", "w", 12, (0, .5), (0, 1)),
                ("U1", "e", "U3", "w", 12, (.5, 1), (0, 1)), ("U7", "s", "U4", "n", 10, (0, 1), (0, .9)),
                ("U9", "s", "U1", "n", 6, (0, 1), (0.2, .8)), ("U8", "n", "U3", "s", 3, (0, 1), (0, 1)),
                ("U8", "e", "U11", "w", 7, (0, 1), (0, 1)), ("U5", "w", "U6", "w", 4, (0, 1), (0, 1)),
                ("U5", "e", "U6", "e", 4, (0, 1), (0, 1)), ("U1", "s", "J7", "n", 9, (0, .6), (0, 1)),
                ("U7", "n", "J1", "s", 8, (0, 1), (0, 1)), ("U10", "e", "Q1", "w", 3, (0, 1), (0, 1))):
            if ra in by_ref and rz in by_ref:
                A, Z = side(ra, sa, cnt, *la), side(rz, sz, cnt, *lz)
                for i, j in zip(A, Z):
                    join(i, j, 30000)
        big = [i for i, q in enumerate(self.pads) if q[0] not in ("U1", "U2", "U3") and not q[0].startswith("H")]
        small = [i for i in big if re.match(r"^(R|C|Q|D|LED|Y)\d", self.pads[i][0])]
        rng.shuffle(small)
        for i in small:
            if i in used or self.pads[i][1].GetNumber() not in ("1", "3"):
                continue
            x, y = self.centre(self.pads[i])
            near = sorted((abs(self.centre(self.pads[j])[0] - x) + abs(self.centre(self.pads[j])[1] - y), j)
                          for j in big if j not in used and self.pads[j][0] != self.pads[i][0])
            for d, j in near[:4]:
                if d > 16:
                    break
                if join(i, j, 3500, 0.15 if d > 5 else 0.2):
                    break
        for i in big:
            if i not in used and self.pads[i][1].GetAttribute() == pcbnew.PAD_ATTRIB_SMD and rng.random() < 0.55:
                join(i, None, 900, 0.15)
        gnd = self.b.net("GND")
        for i in big:
            if i not in used:
                num = self.pads[i][1].GetNumber()
                if self.pads[i][0][0] in "CH" or num in ("2", "4") or rng.random() < 0.25:
                    self.pads[i][1].SetNet(gnd)
        for q in self.pads:
            if q[0].startswith("H"):
                q[1].SetNet(gnd)
        k = 0
        for _ in range(9000):  # stitching
            x, y = rng.uniform(1.5, W - 1.5), rng.uniform(1.5, H - 1.5)
            kx0, ky0, kx1, ky1 = self.b.keep
            if kx0 < x < kx1 and ky0 < y < ky1:
                continue
            if k < 330 and self.clear(round(x / self.cell), round(y / self.cell)):
                self.via((x, y), gnd, 0.55, 0.3)
                k += 1
        print("nets", n, "stitching vias", k, file=sys.stderr)


def pour(b):
    z = pcbnew.ZONE(b.board)
    z.SetLayer(pcbnew.F_Cu)
    z.SetNet(b.net("GND"))
    o = z.Outline()
    o.NewOutline()
    for x, y in ((0.6, 0.6), (W - 0.6, 0.6), (W - 0.6, H - 0.6), (0.6, H - 0.6)):
        o.Append(at(x, y))
    z.SetLocalClearance(mm(0.2))
    z.SetMinThickness(mm(0.2))
    z.SetThermalReliefGap(mm(0.2))
    z.SetThermalReliefSpokeWidth(mm(0.3))
    z.SetIslandRemovalMode(pcbnew.ISLAND_REMOVAL_MODE_ALWAYS)
    b.board.Add(z)


STACKUP = """
\t\t(stackup
\t\t\t(layer "F.SilkS" (type "Top Silk Screen") (color "%(silk)s"))
\t\t\t(layer "F.Paste" (type "Top Solder Paste"))
\t\t\t(layer "F.Mask" (type "Top Solder Mask") (color "%(mask)s") (thickness 0.01))
\t\t\t(layer "F.Cu" (type "copper") (thickness 0.035))
\t\t\t(layer "dielectric 1" (type "core") (color "FR4 natural") (thickness 1.51) (material "FR4") (epsilon_r 4.5) (loss_tangent 0.02))
\t\t\t(layer "B.Cu" (type "copper") (thickness 0.035))
\t\t\t(layer "B.Mask" (type "Bottom Solder Mask") (color "%(mask)s") (thickness 0.01))
\t\t\t(layer "B.SilkS" (type "Bottom Silk Screen"))
\t\t\t(copper_finish "%(finish)s")
\t\t\t(dielectric_constraints no)
\t\t)"""


def save(board, path, mask="#05461FDA", silk="White", finish="HAL lead-free"):
    opts = board.GetPlotOptions()
    layers = pcbnew.LSET()
    for l in (pcbnew.F_Cu, pcbnew.B_Cu, pcbnew.F_Mask, pcbnew.B_Mask, pcbnew.F_SilkS, pcbnew.B_SilkS, pcbnew.Edge_Cuts):
        layers.AddLayer(l)
    opts.SetLayerSelection(layers)
    board.SetPlotOptions(opts)
    pcbnew.SaveBoard(path, board)
    text = open(path).read()
    text = re.sub(r"\t\t\(stackup\n.*?\n\t\t\)\n", "", text, flags=re.S)
    text = re.sub(r"\(setup\n", lambda m: "(setup" + STACKUP % dict(mask=mask, silk=silk, finish=finish) + "\n", text, count=1)
    open(path, "w").write(text)


def calibration(out):
    """The same outline with dots at known places, to measure where the camera puts each millimetre."""
    b = Builder(out)
    b.outline()
    pts = []
    for j in range(7):
        for i in range(9):
            x, y = 7 + i * 12, 6.5 + j * 12
            b.circle(x, y, 1.0, 0.05, fill=True)
            pts.append((x, y))
    save(b.board, os.path.join(out, "calibration.kicad_pcb"), mask="#000000FF")
    return pts


def main(out):
    os.makedirs(out, exist_ok=True)
    out = os.path.abspath(out)
    b = Builder(out)
    b.outline()
    main_parts(b)
    passives(b)
    silk(b)
    Router(b).run()
    pour(b)
    good = os.path.join(out, "good.kicad_pcb")
    save(b.board, good)
    v = pcbnew.LoadBoard(good)  # the filler wants a board that came from a file
    pcbnew.ZONE_FILLER(v).Fill(v.Zones())
    save(v, good)

    planted = {}
    v = pcbnew.LoadBoard(good)
    f = pcbnew.FOOTPRINT(v)
    f.SetReference("X1")
    f.Reference().SetVisible(False)
    f.Value().SetVisible(False)
    ix, iy = 20.3, 55.0
    f.SetPosition(at(ix, iy))
    f.SetOrientationDegrees(90)
    m = pcbnew.FP_3DMODEL()
    m.m_Filename = "${KIPRJMOD}/models/implant.wrl"
    f.Models().append(m)
    v.Add(f)
    save(v, os.path.join(out, "implant.kicad_pcb"))
    planted["implant"] = [{"kind": "unexpected-part", "ref": "X1", "heightMm": 0.75, "sizeMm": [1.32, 2.0],
                           "boxMm": dict(x=ix - .66, y=iy - 1.0, width=1.32, height=2.0)}]

    v = pcbnew.LoadBoard(good)
    fps = {x.GetReference(): x for x in v.GetFootprints()}
    sites = {s["ref"]: s for s in b.sites}
    six = [r for r, s in sites.items() if s["class"] == "ic" and 2.5 < s["boxMm"]["width"] < 3.3 and s["fitted"]]
    gone = six[0]
    fps[gone].Models().clear()
    tants = [s["ref"] for s in b.sites if s["class"] == "capacitor" and 3.3 < max(s["boxMm"]["width"], s["boxMm"]["height"]) < 3.7 and s["heightMm"] > 1.5]
    wrong = tants[0]
    fps[wrong].Models().clear()
    path = "${KICAD9_3DMODEL_DIR}/Diode_SMD.3dshapes/D_SMA.wrl"
    m = pcbnew.FP_3DMODEL()
    m.m_Filename = path
    fps[wrong].Models().append(m)
    db = vrml.bounds(path.replace("${KICAD9_3DMODEL_DIR}", MODELS))
    m = pcbnew.FP_3DMODEL()
    m.m_Filename = "${KIPRJMOD}/models/" + b.mark("SS24", 0.8)
    m.m_Offset.z = db[5] + 0.012
    fps[wrong].Models().append(m)
    save(v, os.path.join(out, "missing-wrong.kicad_pcb"))
    g, q = sites[gone], sites[wrong]
    cx, cy = q["boxMm"]["x"] + q["boxMm"]["width"] / 2, q["boxMm"]["y"] + q["boxMm"]["height"] / 2
    dw, dh = db[3] - db[0], db[4] - db[1]
    planted["missing-wrong"] = [
        {"kind": "missing-part", "ref": gone, "heightMm": 0, "boxMm": g["boxMm"], "sizeMm": [g["boxMm"]["width"], g["boxMm"]["height"]]},
        {"kind": "wrong-part", "ref": wrong, "heightMm": db[5], "sizeMm": [round(dw, 2), round(dh, 2)],
         "boxMm": dict(x=cx - dw / 2, y=cy - dh / 2, width=dw, height=dh)}]

    pts = calibration(out)
    json.dump({"name": NAME, "widthMm": W, "heightMm": H, "sites": b.sites, "planted": planted, "calibration": pts},
              open(os.path.join(out, "sites.json"), "w"), indent=1)
    by = {}
    for s in b.sites:
        by[s["class"]] = by.get(s["class"], 0) + 1
    print(len(b.sites), by, gone, wrong, file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1])
