"""Small 3D models of our own: markings, sockets, the implant. Units in, out: millimetres."""
import re

MM = 1 / 2.54  # a VRML unit is a tenth of an inch in KiCad


def _shape(points, faces, colour, shininess=0.1, specular=0.1):
    pts = ", ".join("%.5f %.5f %.5f" % tuple(c * MM for c in p) for p in points)
    idx = ", ".join(",".join(map(str, f)) + ",-1" for f in faces)
    c = "%.3f %.3f %.3f" % colour
    s = "%.3f %.3f %.3f" % ((specular,) * 3)
    return (
        "Shape { appearance Appearance { material Material { diffuseColor %s specularColor %s "
        "emissiveColor 0 0 0 ambientIntensity 0.7 transparency 0 shininess %.2f } }\n"
        "geometry IndexedFaceSet { creaseAngle 0.1 solid FALSE coordIndex [ %s ]\n"
        "coord Coordinate { point [ %s ] } } }\n" % (c, s, shininess, idx, pts)
    )


class Model:
    """Boxes and flat quads grouped by colour."""

    def __init__(self):
        self.parts = {}

    def _group(self, colour, gloss):
        return self.parts.setdefault((colour, gloss), ([], []))

    def quad(self, corners, colour, gloss=0.1):
        pts, faces = self._group(colour, gloss)
        n = len(pts)
        pts.extend(corners)
        faces.append((n, n + 1, n + 2))
        faces.append((n, n + 2, n + 3))

    def box(self, x0, y0, z0, x1, y1, z1, colour, gloss=0.1):
        v = [(x, y, z) for z in (z0, z1) for y in (y0, y1) for x in (x0, x1)]
        for f in ((0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)):
            self.quad([v[i] for i in f], colour, gloss)

    def write(self, path):
        with open(path, "w") as out:
            out.write("#VRML V2.0 utf8\n")
            for (colour, gloss), (pts, faces) in self.parts.items():
                out.write(_shape(pts, faces, colour, gloss, gloss))


def bounds(path):
    """x0, y0, z0, x1, y1, z1 in mm of a KiCad .wrl (these carry no transforms)."""
    lo, hi = [1e9] * 3, [-1e9] * 3
    text = open(path).read()
    for block in re.findall(r"point\s*\[([^\]]*)\]", text):
        v = [float(t) for t in re.findall(r"[-+0-9.eE]+", block)]
        for i in range(3):
            lo[i] = min(lo[i], min(v[i::3]))
            hi[i] = max(hi[i], max(v[i::3]))
    return [c * 2.54 for c in lo + hi]


GOLD, BLACK, STEEL = (0.75, 0.60, 0.25), (0.035, 0.035, 0.04), (0.62, 0.62, 0.64)


def slot(path, length, width, height, pitch, colour=BLACK, key=0.3):
    """A card-edge socket: two walls, a groove, contacts, one key."""
    m = Model()
    g = width * 0.16
    m.box(-length / 2, -width / 2, 0, length / 2, -g, height, colour)
    m.box(-length / 2, g, 0, length / 2, width / 2, height, colour)
    for s in (-1, 1):
        m.box(*sorted((s * length / 2, s * (length / 2 - 2)))[:1], -g, 0, max(s * length / 2, s * (length / 2 - 2)), g, height, colour)
    m.box(-length / 2, -g, 0, length / 2, g, height * 0.25, (0.02, 0.02, 0.022))
    kx = -length / 2 + length * key
    m.box(kx - 0.9, -g, 0, kx + 0.9, g, height - 0.3, colour)
    x = -length / 2 + 2.6
    while x < length / 2 - 2.6:
        if abs(x - kx) > 1.2:
            for s in (-1, 1):
                y0, y1 = sorted((s * (g + 0.02), s * (g - 0.35)))
                m.box(x - pitch * 0.3, y0, 0, x + pitch * 0.3, y1, height * 0.82, GOLD, 0.6)
                y0, y1 = sorted((s * g, s * (g + (width / 2 - g) * 0.45)))
                m.quad([(x - pitch * .28, y0, height + .01), (x + pitch * .28, y0, height + .01),
                        (x + pitch * .28, y1, height + .01), (x - pitch * .28, y1, height + .01)], (0.012, 0.012, 0.014))
        x += pitch
    m.write(path)


def m2_socket(path):
    m = Model()
    m.box(-11, -3.4, 0, 11, 3.0, 2.2, BLACK)
    m.box(-11, -3.4, 2.2, 11, 0.6, 4.2, BLACK)
    m.box(-11, 0.6, 2.2, -9.9, 3.4, 4.2, BLACK)
    m.box(9.9, 0.6, 2.2, 11, 3.4, 4.2, BLACK)
    i = 0
    while i < 36:
        x = -8.9 + 0.5 * i
        if not 27 <= i <= 30:
            m.box(x - 0.13, 0.55, 2.2, x + 0.13, 2.9, 2.42, GOLD, 0.6)
            m.box(x - 0.11, -4.3, 0, x + 0.11, -3.4, 0.25, STEEL, 0.5)
            m.quad([(x - .12, -3.0, 4.21), (x + .12, -3.0, 4.21), (x + .12, -.4, 4.21), (x - .12, -.4, 4.21)], (0.015, 0.015, 0.017))
        i += 1
    m.write(path)


def implant(path):
    """2.0 x 1.25 mm, six terminals: looks like a small ceramic coupler."""
    m = Model()
    body = (0.48, 0.46, 0.43)
    m.box(-1.0, -0.625, 0.03, 1.0, 0.625, 0.72, body, 0.25)
    for s in (-1, 1):
        for x in (-0.68, 0, 0.68):
            y0, y1 = sorted((s * 0.36, s * 0.66))
            m.box(x - 0.17, y0, 0.0, x + 0.17, y1, 0.745, (0.70, 0.70, 0.71), 0.6)
    m.quad([(-.86, -.12, .73), (-.66, -.12, .73), (-.66, .12, .73), (-.86, .12, .73)], (0.16, 0.15, 0.14))
    m.write(path)
