"""Renders the boards with kicad-cli and turns the renders into photos, with the truth beside them.

usage: camera.py WORKDIR SAMPLESDIR [PHOTO...]
"""
import json
import os
import subprocess
import sys

import cv2
import numpy as np

RENDER = (5600, 4200)   # the detailed render, no shadows
SHADE = (960, 720)      # the render with soft shadows; only its light is used
ZOOM = 0.6              # how far back the camera stands

# rotate: tilt of the board before the camera, degrees; turn: rotation in the picture; fill: share of the frame;
# light: where it comes from in the picture; glare: x, y (share of the frame), size, strength
PHOTOS = {
    "golden/golden-1.jpg": dict(board="good", rotate=(-1.5, 1.0), turn=0.5, fill=0.98, seed=1, table="mat",
                                white=(1.0, 1.0, 1.0), gain=1.0, slope=(0.05, -0.08), light=(-0.6, -0.8), vignette=0.10,
                                glare=(0.62, 0.30, 0.22, 0.03), soft=0.55, noise=0.6, k1=0.0015),
    "golden/golden-2.jpg": dict(board="good", rotate=(-9.0, 4.0), turn=-6.0, fill=0.975, seed=2, table="wood",
                                white=(1.10, 1.0, 0.80), gain=0.95, slope=(0.22, 0.10), light=(0.8, -0.5), vignette=0.22,
                                glare=(0.70, 0.42, 0.20, 0.07), soft=0.7, noise=1.1, k1=-0.002),
    "golden/golden-3.jpg": dict(board="good", rotate=(5.5, -9.0), turn=178.0, fill=0.975, seed=3, table="laminate",
                                white=(0.93, 1.0, 1.12), gain=1.1, slope=(-0.18, 0.12), light=(-0.9, 0.3), vignette=0.18,
                                glare=(0.30, 0.55, 0.25, 0.08), soft=0.75, noise=1.0, k1=0.002,
                                shadow=(0.92, 0.85, 0.34, 0.35)),
    "golden/golden-4.jpg": dict(board="good", rotate=(9.0, 7.0), turn=93.0, fill=0.975, seed=4, table="cardboard",
                                size=(1800, 2400), white=(1.05, 1.0, 0.90), gain=0.9, slope=(0.12, -0.25), light=(0.5, 0.8),
                                vignette=0.2, glare=(0.42, 0.30, 0.16, 0.10), soft=0.8, noise=1.4, k1=-0.0015),
    "incoming/clean.jpg": dict(board="good", rotate=(-5.0, 10.0), turn=5.0, fill=0.985, seed=5, table="cardboard",
                               white=(1.06, 1.0, 0.88), gain=1.02, slope=(-0.2, -0.1), light=(-0.7, -0.5), vignette=0.16,
                               glare=(0.40, 0.62, 0.22, 0.08), soft=0.7, noise=1.0, k1=0.002,
                               shadow=(0.05, 0.95, 0.35, 0.4)),
    "incoming/implant.jpg": dict(board="implant", rotate=(7.0, -6.0), turn=-4.5, fill=0.98, seed=6, table="mat",
                                 white=(0.97, 1.0, 1.06), gain=0.95, slope=(0.15, 0.18), light=(0.7, 0.6), vignette=0.18,
                                 glare=(0.68, 0.66, 0.20, 0.08), soft=0.7, noise=1.1, k1=-0.002),
    "incoming/missing-wrong.jpg": dict(board="missing-wrong", rotate=(-8.0, -7.0), turn=184.5, fill=0.975, seed=7,
                                       table="wood", white=(1.08, 1.0, 0.84), gain=1.0, slope=(0.1, -0.2),
                                       light=(0.3, -0.9), vignette=0.2, glare=(0.58, 0.36, 0.18, 0.09), soft=0.75,
                                       noise=1.2, k1=0.0015),
    "incoming/blurred.jpg": dict(board="good", rotate=(-3.5, 5.0), turn=-9.0, fill=0.975, seed=8, table="laminate",
                                 white=(1.04, 1.0, 0.92), gain=0.85, slope=(0.1, 0.15), light=(-0.6, 0.7), vignette=0.25,
                                 glare=(0.5, 0.4, 0.25, 0.06), soft=7.0, noise=1.8, k1=0.0, motion=(46, 33.0)),
}
VERDICT = {"good": "matches", "implant": "differs", "missing-wrong": "differs"}


def render(work, board, out, size, rotate, extra=()):
    if os.path.exists(out) and os.path.getmtime(out) > os.path.getmtime(os.path.join(work, board + ".kicad_pcb")):
        return cv2.imread(out, cv2.IMREAD_UNCHANGED)
    cmd = ["kicad-cli", "pcb", "render", "--perspective", "--zoom", str(ZOOM), "--rotate", "%g,%g,0" % rotate,
           "--light-top", "0.30", "--light-side", "0.25", "--light-camera", "0.15", "--light-bottom", "0",
           "-w", str(size[0]), "-h", str(size[1]), "-o", out, *extra, os.path.join(work, board + ".kicad_pcb")]
    subprocess.run(cmd, check=True, stdout=subprocess.DEVNULL)
    return cv2.imread(out, cv2.IMREAD_UNCHANGED)


def apply(h, pts):
    p = np.c_[np.asarray(pts, float).reshape(-1, 2), np.ones(len(np.asarray(pts).reshape(-1, 2)))] @ np.asarray(h).T
    return p[:, :2] / p[:, 2:]


def calibrate(img, dots):
    """mm -> render pixels, from the dots of the calibration board."""
    grey = cv2.cvtColor(img[..., :3], cv2.COLOR_BGR2GRAY)
    grey[img[..., 3] < 128] = 0
    _, bw = cv2.threshold(grey, 160, 255, cv2.THRESH_BINARY)
    n, _, stats, centres = cv2.connectedComponentsWithStats(bw)
    big = [i for i in range(1, n) if stats[i, cv2.CC_STAT_AREA] > 200]
    found = centres[big]
    # corners of the board's silhouette give the first guess, the nearest dots the rest
    ys, xs = np.nonzero(img[..., 3][::4, ::4] > 128)
    q = np.c_[xs, ys] * 4.0
    s, d = q.sum(1), q[:, 0] - q[:, 1]
    guess = np.array([q[s.argmin()], q[d.argmax()], q[s.argmax()], q[d.argmin()]])
    h, _ = cv2.findHomography(np.float32([[0, 0], [110, 0], [110, 85], [0, 85]]), guess.astype(np.float32))
    for _ in range(4):
        p = apply(h, dots)
        near = np.array([found[((found - a) ** 2).sum(1).argmin()] for a in p])
        h, _ = cv2.findHomography(np.float64(dots), near)
    err = np.abs(apply(h, dots) - near).max()
    if err > 3:
        raise SystemExit("calibration failed: %.1f px" % err)
    return h


def solid(h, shape):
    """(x, y, height) in mm -> render pixels, 3 x 4, from the plane's homography and the renderer's 45 degree camera."""
    f = shape[0] / 2 / np.tan(np.radians(22.5))
    k = np.array([[f, 0, (shape[1] - 1) / 2], [0, f, (shape[0] - 1) / 2], [0, 0, 1]])
    n = np.linalg.inv(k) @ h
    n *= 2 / (np.linalg.norm(n[:, 0]) + np.linalg.norm(n[:, 1]))
    if n[2, 2] < 0:
        n = -n
    up = -np.cross(n[:, 0], n[:, 1])
    return k @ np.c_[n[:, 0], n[:, 1], up, n[:, 2]]


def noise_field(rng, shape, cell):
    small = rng.standard_normal((shape[0] // cell + 3, shape[1] // cell + 3)).astype(np.float32)
    return cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def table(kind, rng, n=2400):
    """A piece of table in linear light, n x n, 8 px a millimetre."""
    if kind == "wood":
        warp = noise_field(rng, (n, n), 500) * 40 + noise_field(rng, (n, n), 160) * 8
        x = np.arange(n, dtype=np.float32)[None, :] * 0.03 + warp
        y = np.arange(n, dtype=np.float32)[:, None] + warp * 3
        rings = 0.5 + 0.5 * np.sin(y * 0.055 + 3 * np.sin(y * 0.011) + x * 0.02)
        fibre = cv2.GaussianBlur(rng.standard_normal((n, n)).astype(np.float32), (0, 0), sigmaX=40, sigmaY=0.9)
        fibre /= fibre.std()
        v = 0.75 + 0.16 * rings + 0.07 * fibre
        col = np.array([0.10, 0.22, 0.38])
    elif kind == "mat":
        v = 1 + 0.05 * noise_field(rng, (n, n), 3) + 0.04 * noise_field(rng, (n, n), 90)
        grid = np.zeros((n, n), np.float32)
        grid[::80, :] = grid[:, ::80] = 1
        v = v + 0.22 * cv2.GaussianBlur(grid, (0, 0), 1.2)
        col = np.array([0.20, 0.145, 0.10])
    elif kind == "laminate":
        v = 1 + 0.03 * noise_field(rng, (n, n), 2) + 0.03 * noise_field(rng, (n, n), 12) + 0.03 * noise_field(rng, (n, n), 200)
        col = np.array([0.40, 0.44, 0.46])
    else:
        fibre = noise_field(rng, (n, n), 4) * 0.04 + noise_field(rng, (n, n), 14) * 0.03
        flute = 0.03 * np.sin(np.arange(n, dtype=np.float32) * 2 * np.pi / 52)[None, :]
        v = 1 + fibre + flute + 0.05 * noise_field(rng, (n, n), 240)
        col = np.array([0.13, 0.24, 0.36])
    t = np.clip(v, 0.2, 2)[..., None] * col[None, None, :]
    return t.astype(np.float32)


def shade_of(basic, high):
    """How the soft shadows of the second render darken the first, at the second's size."""
    small = cv2.resize(basic, (high.shape[1], high.shape[0]), interpolation=cv2.INTER_AREA).astype(np.float32)
    a = (small[..., 3] > 250) & (high[..., 3] > 250)
    lb, lh = small[..., :3].max(2) + 6, high[..., :3].astype(np.float32).max(2) + 6
    r = np.where(a, np.clip(lh / lb, 0.25, 1.5), 1.0).astype(np.float32)
    w = a.astype(np.float32)
    r = cv2.medianBlur(r, 5)
    r = cv2.GaussianBlur(r * w, (0, 0), 1.6) / np.maximum(cv2.GaussianBlur(w, (0, 0), 1.6), 1e-3)
    r = np.where(w > 0, r, 1.0)
    return (r / np.percentile(r[a], 85)).astype(np.float32)


def photograph(name, work, samples, sites):
    p = PHOTOS[name]
    rng = np.random.default_rng(p["seed"])
    key = "%s_%g_%g" % (p["board"], *p["rotate"])
    img = render(work, p["board"], os.path.join(work, key + "_a.png"), RENDER, p["rotate"])
    cal = render(work, "calibration", os.path.join(work, key + "_c.png"), RENDER, p["rotate"])
    high = None
    if os.environ.get("SHADOWS", "1") == "1":
        high = render(work, p["board"], os.path.join(work, key + "_b.png"), SHADE, p["rotate"], ("--quality", "high"))
    to_render = calibrate(cal, sites["calibration"])

    # where the board lands in the picture
    w, h = p.get("size", (2400, 1800))
    corners = np.array([[0, 0], [110, 0], [110, 85], [0, 85]], float)
    q = apply(to_render, corners)
    a = np.radians(p["turn"])
    rot = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    body = solid(to_render, img.shape)
    tall = np.c_[corners, np.full(4, 11.0), np.ones(4)] @ body.T
    r = (np.r_[q, tall[:, :2] / tall[:, 2:]] - q.mean(0)) @ rot.T
    span = r.max(0) - r.min(0)
    s = min(p["fill"] * w / span[0], p["fill"] * h / span[1])
    mid = (r.max(0) + r.min(0)) / 2
    shift = np.array([w / 2, h / 2]) - s * mid + rng.uniform(-1, 1, 2) * (np.array([w, h]) - s * span) * 0.2
    m = np.eye(3)
    m[:2, :2] = s * rot
    m[:2, 2] = shift - s * rot @ q.mean(0)

    # lens: ideal = c + (x - c) * (1 + k1 r2), r = 1 at the corner
    c, half = np.array([w / 2, h / 2]), np.hypot(w, h) / 2
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    ux, uy = (xx - c[0]) / half, (yy - c[1]) / half
    r2 = ux * ux + uy * uy

    def sample_map(k1):
        f = 1 + k1 * r2
        ix, iy = c[0] + (xx - c[0]) * f, c[1] + (yy - c[1]) * f
        inv = np.linalg.inv(m)
        return (inv[0, 0] * ix + inv[0, 1] * iy + inv[0, 2]).astype(np.float32), (inv[1, 0] * ix + inv[1, 1] * iy + inv[1, 2]).astype(np.float32)

    def distort(pts):  # ideal pixel -> picture pixel
        d = pts - c
        x = d.copy()
        for _ in range(12):
            x = d / (1 + p["k1"] * ((x / half) ** 2).sum(1, keepdims=True))
        return x + c

    grid = np.array([[x, y] for x in np.linspace(0, 110, 12) for y in np.linspace(0, 85, 10)])
    real = distort(apply(m @ to_render, grid))
    hom, _ = cv2.findHomography(grid, real)
    hom /= hom[2, 2]
    resid = np.abs(apply(hom, grid) - real).max()

    camera = m @ body

    # linear light
    lin = (img[..., :3].astype(np.float32) / 255) ** 2.2
    alpha = (img[..., 3].astype(np.float32) / 255)
    if high is not None:
        shade = shade_of(img, high)
        shade = cv2.resize(shade, (img.shape[1], img.shape[0]), interpolation=cv2.INTER_LINEAR)
        lin *= (shade ** 1.6)[..., None]
    lin = np.maximum(lin - 0.007, 0) * 0.92  # less of the renderer's haze
    pre = max(0.3, 0.45 / s)
    lin = cv2.GaussianBlur(lin * alpha[..., None], (0, 0), pre)
    alpha = cv2.GaussianBlur(alpha, (0, 0), pre)
    mx, my = sample_map(p["k1"])
    board = np.empty((h, w, 3), np.float32)
    for ch, dk in ((0, -1.5e-4), (1, 0), (2, 1.5e-4)):  # a trace of lateral colour
        cx, cy = sample_map(p["k1"] + dk)
        board[..., ch] = cv2.remap(lin[..., ch], cx, cy, cv2.INTER_LINEAR)
    cover = cv2.remap(alpha, mx, my, cv2.INTER_LINEAR)
    del lin, alpha, img

    # the table, in the board's plane
    inv = np.linalg.inv(hom)
    den = inv[2, 0] * xx + inv[2, 1] * yy + inv[2, 2]
    X = (inv[0, 0] * xx + inv[0, 1] * yy + inv[0, 2]) / den
    Y = (inv[1, 0] * xx + inv[1, 1] * yy + inv[1, 2]) / den
    tex = table(p["table"], rng)
    ta = rng.uniform(0, 2 * np.pi)
    tu = (np.cos(ta) * X - np.sin(ta) * Y + 100) * 8
    tv = (np.sin(ta) * X + np.cos(ta) * Y + 100) * 8
    ground = cv2.remap(tex, tu.astype(np.float32), tv.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    px = np.hypot(*(apply(hom, [[55, 42]]) - apply(hom, [[56, 42]]))[0])
    L = np.array(p["light"]) / np.hypot(*p["light"])
    fall = np.zeros((h, w), np.float32)
    for dist, blur, amount in ((1.2, 0.5, 0.45), (4.0, 2.2, 0.40)):
        t = np.float32([[1, 0, -L[0] * dist * px], [0, 1, -L[1] * dist * px]])
        sh = cv2.GaussianBlur(cv2.warpAffine(cover, t, (w, h)), (0, 0), blur * px)
        fall = np.maximum(fall, sh * amount) + 0.3 * np.minimum(fall, sh * amount)
    ground *= (1 - np.clip(fall, 0, 0.8))[..., None]

    # the mask is not perfectly even, and a little dust lies on everything
    texture = 1 + 0.025 * noise_field(rng, (h, w), 160) + 0.012 * noise_field(rng, (h, w), 3)
    board *= texture[..., None]
    dust = np.zeros((h, w), np.float32)
    for _ in range(70):
        x, y = rng.integers(0, w), rng.integers(0, h)
        cv2.circle(dust, (int(x), int(y)), int(rng.integers(1, 3)), float(rng.uniform(0.02, 0.10)), -1)
    dust = cv2.GaussianBlur(dust, (0, 0), 1.0)
    scene = ground * (1 - cover[..., None]) + board
    scene += dust[..., None]

    # light
    u, v = (xx / w - 0.5) * 2, (yy / h - 0.5) * 2
    light = 1 + p["slope"][0] * u + p["slope"][1] * v + 0.04 * noise_field(rng, (h, w), 700)
    light *= 1 - p["vignette"] * r2
    if "shadow" in p:
        sx, sy, sr, amount = p["shadow"]
        d = np.hypot((xx / w - sx) / sr, (yy / h - sy) / sr * 0.9) + 0.12 * noise_field(rng, (h, w), 400)
        light *= 1 - amount / (1 + np.exp((d - 1) * 7))
    scene *= light[..., None]
    gx, gy, gs, ga = p["glare"]
    ang = np.arctan2(L[1], L[0])
    ex, ey = (xx / w - gx), (yy / h - gy) * h / w
    e1, e2 = ex * np.cos(ang) + ey * np.sin(ang), -ex * np.sin(ang) + ey * np.cos(ang)
    blob = np.exp(-((e1 / gs) ** 2 + (e2 / (gs * 0.55)) ** 2)) * (1 + 0.25 * noise_field(rng, (h, w), 120))
    scene += (ga * np.clip(blob, 0, 2) * (0.25 + 0.75 * cover))[..., None]
    scene *= np.array(p["white"][::-1], np.float32)[None, None, :] * p["gain"] * 1.05

    # focus: softer away from the point the lens chose
    far = np.clip(np.hypot(u - rng.uniform(-.3, .3), v - rng.uniform(-.3, .3)) / 1.4, 0, 1)[..., None]
    sharp = cv2.GaussianBlur(scene, (0, 0), p["soft"])
    scene = sharp * (1 - far ** 2) + cv2.GaussianBlur(scene, (0, 0), p["soft"] * 1.7) * far ** 2
    if "motion" in p:
        n, deg = p["motion"]
        k = np.zeros((n, n), np.float32)
        dx, dy = np.cos(np.radians(deg)) * n / 2.2, np.sin(np.radians(deg)) * n / 2.2
        cv2.line(k, (int(n / 2 - dx), int(n / 2 - dy)), (int(n / 2 + dx), int(n / 2 + dy)), 1.0, 2)
        scene = cv2.filter2D(scene, -1, k / k.sum())

    # sensor and the phone's own processing
    shot = rng.standard_normal(scene.shape).astype(np.float32)
    shot = 0.7 * shot + 0.9 * cv2.GaussianBlur(shot, (0, 0), 0.8)
    scene = scene + p["noise"] * shot * np.sqrt(np.maximum(scene, 0) * 1.1e-4 + 4e-6)
    scene = np.clip(scene, 0, None)
    lum = scene / (1 + np.maximum(scene - 0.6, 0) * 0.55)          # highlights roll off
    out = np.clip(lum, 0, 1) ** (1 / 2.2)
    out = out + 0.30 * out * (out - 0.42) * (1 - out) * 4               # a mild S curve
    if "motion" not in p:
        out = out + 0.45 * (out - cv2.GaussianBlur(out, (0, 0), 1.2))
    grey = out.mean(2, keepdims=True)
    out = grey + (out - grey) * 0.95
    out8 = np.clip(out * 255 + rng.uniform(-0.5, 0.5, out.shape), 0, 255).round().astype(np.uint8)
    path = os.path.join(samples, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    for quality in (88, 85, 82, 78):
        cv2.imwrite(path, out8, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if os.path.getsize(path) <= 1.3e6:
            break
    print(name, "px/mm %.1f" % px, "homography residual %.2f px" % resid, "q", quality, os.path.getsize(path), file=sys.stderr)

    # truth
    planted = []
    for t in sites["planted"].get(p["board"], []):
        b = t["boxMm"]
        box = np.array([[b["x"] + i * b["width"], b["y"] + j * b["height"], k * t["heightMm"], 1]
                        for i in (0, 1) for j in (0, 1) for k in (0, 1)]) @ camera.T
        pts = distort(box[:, :2] / box[:, 2:])
        lo, hi = pts.min(0), pts.max(0)
        planted.append({"kind": t["kind"], "ref": t["ref"],
                        "box": {"x": round(lo[0], 1), "y": round(lo[1], 1), "width": round(hi[0] - lo[0], 1), "height": round(hi[1] - lo[1], 1)},
                        "sizeMm": t["sizeMm"], "boxMm": {k: round(x, 3) for k, x in b.items()}})
    return {"path": name, "width": w, "height": h, "mmToPhoto": [float("%.9g" % x) for x in hom.ravel()],
            "mmToPhoto3d": [float("%.9g" % x) for x in (camera / camera[2, 3]).ravel()],
            "homographyResidualPx": round(float(resid), 2),
            "boardOutline": [[round(float(x), 1), round(float(y), 1)] for x, y in distort(apply(m @ to_render, corners))],
            "expectedVerdict": "not-judged" if "motion" in p else VERDICT[p["board"]], "planted": planted}


def main(work, samples, names):
    sites = json.load(open(os.path.join(work, "sites.json")))
    path = os.path.join(samples, "truth.json")
    old = {q["path"]: q for q in json.load(open(path))["photos"]} if os.path.exists(path) else {}
    for name in names or PHOTOS:
        old[name] = photograph(name, work, samples, sites)
    truth = {"schemaVersion": 1, "board": {k: sites[k] for k in ("name", "widthMm", "heightMm")},
             "photos": [old[n] for n in PHOTOS if n in old], "sites": sites["sites"]}
    text = json.dumps(truth, indent=1)
    open(path, "w").write(text + "\n")


if __name__ == "__main__":
    cv2.setNumThreads(2)
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
