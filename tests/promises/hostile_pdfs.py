"""PDFs that mean harm, made here: each a function of no argument that gives bytes, named in the table MADE.

What they try is public knowledge about the format (ISO 32000-1); none is another's file."""
import random
import zlib

PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources %s/Contents 4 0 R>>"
TEXT = b"BT /F 12 Tf 72 700 Td (Dear Jessica) Tj ET\n"
FONT = "<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def document(objects, trailer="", table=True, head=b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"):
    """@objects: number -> text or bytes; the table of objects is right unless @table is false."""
    out, places = bytearray(head), {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + (body.encode() if isinstance(body, str) else body) + b"\nendobj\n"
    start = len(out)
    if table:
        size = max(places) + 1
        out += b"xref\n0 %d\n" % size
        out += b"".join(b"%010d %05d %s \n" % (places.get(i, 0), 0 if i in places else 65535, b"n" if i in places else b"f")
                        for i in range(size))
    out += b"trailer\n<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (max(places) + 1, trailer.encode(), start)
    return bytes(out)


def stream(data, more=""):
    return b"<</Length %d%s>>\nstream\n" % (len(data), more.encode()) + data + b"\nendstream"


def one_page(contents=TEXT, resources=FONT, more=None, filters="", catalog="", page=PAGE, trailer=""):
    """A sound document of one page, with whatever is to be wrong in its place."""
    return document({1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>", 2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                     3: page % resources if "%s" in page else page, 4: stream(contents, filters), **(more or {})}, trailer)


def image(name, data, more=None):
    """A page that draws one image, said to be enormous."""
    body = stream(data, f"/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB"
                        f"/Filter/{name}{more or ''}")
    return one_page(b"q 612 0 0 792 0 0 cm /I Do Q", "<</XObject<</I 5 0 R>>>>", {5: body})


def deflated(block, times):
    """@block, @times over, without ever lying in memory: a full flush makes a piece that can be repeated as it is."""
    press = zlib.compressobj(9)
    piece = press.compress(block) + press.flush(zlib.Z_FULL_FLUSH)
    head, piece = piece[:2], piece[2:]
    return head + piece * times + b"\x03\x00" + bytes(4)


def flate_bomb():
    """Some 3 MB that inflate to 1.6 GB of drawing."""
    return one_page(deflated(b"0 0 m 9 9 l S\n" * 75000, 1550), filters="/Filter/FlateDecode")


def nested_flate_bomb():
    inner = deflated(b"0 0 m 9 9 l S\n" * 75000, 3000)
    return one_page(zlib.compress(zlib.compress(inner, 9), 9), filters="/Filter[/FlateDecode/FlateDecode/FlateDecode]")


def predictor_bomb():
    return one_page(deflated(bytes(1 << 20), 200),
                    filters="/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2000000000/Colors 32>>")


def lzw(codes):
    """Nine-bit codes, as LZW begins with."""
    value = 0
    for code in codes:
        value = value << 9 | code
    return value.to_bytes((9 * len(codes) + 7) // 8, "big")


def lzw_bomb():
    return one_page(lzw([256] + [32] * 200 + [257]) * 20000, filters="/Filter[/LZWDecode/LZWDecode]")


def jpx(width, height):
    size = b"\xff\x4f\xff\x51" + (47).to_bytes(2, "big") + bytes(2)
    for number in (width, height, 0, 0, width, height, 0, 0):
        size += number.to_bytes(4, "big")
    return size + b"\x00\x03" + b"\x07\x01\x01" * 3 + b"\xff\x52\x00\x0c\x00\x00\x00\x01\x01\x05\x04\x04\x00\x01" + b"\xff\xd9"


def jpeg(width, height):
    return (b"\xff\xd8\xff\xdb\x00\x43\x00" + bytes([1] * 64) + b"\xff\xc0\x00\x11\x08" + height.to_bytes(2, "big")
            + width.to_bytes(2, "big") + b"\x03\x01\x44\x00\x02\x11\x00\x03\x11\x00\xff\xda\x00\x0c\x03\x01\x00\x02\x11\x03\x11"
            + b"\x00\x3f\x00" + bytes(100))


def jbig2():
    page = (0).to_bytes(4, "big") + b"\x30\x00\x01" + (19).to_bytes(4, "big")
    return page + (0xffffffff).to_bytes(4, "big") + (0x7fffffff).to_bytes(4, "big") + bytes(8) + b"\x00\x00\x00"


def many_pages():
    kids = " ".join(f"{number} 0 R" for number in range(10, 100_010))
    objects = {1: "<</Type/Catalog/Pages 2 0 R>>", 2: f"<</Type/Pages/Kids[{kids}]/Count 100000>>", 4: stream(TEXT)}
    objects.update({number: PAGE % FONT for number in range(10, 100_010)})
    return document(objects)


def deep_tree(depth=50_000):
    objects = {1: "<</Type/Catalog/Pages 2 0 R>>", 4: stream(TEXT), 3: PAGE % FONT}
    for level in range(depth):
        number = 2 if level == 0 else 10 + level
        child = 3 if level == depth - 1 else 11 + level
        objects[number] = f"<</Type/Pages/Kids[{child} 0 R]/Count 1>>"
    return document(objects)


def tree(kids, count):
    return document({1: "<</Type/Catalog/Pages 2 0 R>>", 2: f"<</Type/Pages/Kids[{kids}]/Count {count}>>", 3: PAGE % FONT,
                     4: stream(TEXT)})


def tree_of_loops():
    """Two nodes that hold each other, twice over: doubling at each level."""
    return document({1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[5 0 R 5 0 R]/Count 4>>",
                     5: "<</Type/Pages/Parent 2 0 R/Kids[2 0 R 2 0 R]/Count 4>>"})


def object_streams_in_each_other():
    inner = stream(b"1 0 <</Type/Catalog/Pages 2 0 R>>", "/Type/ObjStm/N 1/First 4/Extends 6 0 R")
    other = stream(b"2 0 <</Type/Pages/Kids[]/Count 0>>", "/Type/ObjStm/N 1/First 4/Extends 5 0 R")
    return document({5: inner, 6: other}, table=False)


def length_of_itself():
    body = b"<</Length 4 0 R>>\nstream\n" + TEXT + b"\nendstream"
    return document({1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: PAGE % FONT, 4: body})


def reference_loop():
    return document({1: "<</Type/Catalog/Pages 2 0 R>>", 2: "5 0 R", 5: "6 0 R", 6: "2 0 R"})


def box(sides):
    return one_page(page=PAGE.replace("0 0 612 792", sides))


def broken_table():
    sound = one_page()
    at = sound.rindex(b"startxref")
    return sound[:at] + b"startxref\n99999999999999999999\n%%EOF\n"


def table_loop():
    sound = one_page()
    at = sound.rindex(b"xref\n0", 0, sound.rindex(b"startxref"))
    return sound.replace(b"trailer\n<<", b"trailer\n<</Prev %d" % at)


def huge_table():
    sound = one_page()
    return sound.replace(b"xref\n0 5", b"xref\n0 2147483647")


def garbage():
    return b"%PDF-1.7\n" + random.Random(13).randbytes(10_000_000)


def brackets(what, times=1_000_000):
    return one_page(catalog="/Names " + what * times)


def drawing_brackets():
    return one_page(b"[" * 1_000_000 + b" TJ")


def saves():
    return one_page(b"q " * 1_000_000)


def form_in_itself():
    form = stream(b"/A Do /A Do", "/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</XObject<</A 5 0 R>>>>")
    return one_page(b"/A Do", "<</XObject<</A 5 0 R>>>>", {5: form})


def forms_doubling(depth=40):
    """Each form draws the next one twice."""
    more = {}
    for level in range(depth):
        more[5 + level] = stream(b"/A Do /A Do" if level < depth - 1 else b"0 0 9 9 re f",
                                 "/Type/XObject/Subtype/Form/BBox[0 0 612 792]"
                                 f"/Resources<</XObject<</A {6 + level} 0 R>>>>")
    return one_page(b"/A Do", "<</XObject<</A 5 0 R>>>>", more)


def glyph_that_draws_itself():
    font = ("<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 65/LastChar 65"
            "/Widths[1000]/Encoding<</Differences[65/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F 5 0 R>>>>>>")
    glyph = stream(b"1000 0 d0 BT /F 1 Tf (AAAAAAAA) Tj ET")
    return one_page(b"BT /F 99 Tf 9 9 Td (AAAAAAAA) Tj ET", "<</Font<</F 5 0 R>>>>", {5: font, 6: glyph})


def pattern_in_itself():
    pattern = stream(b"/Pattern cs /P scn 0 0 9 9 re f", "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]"
                     "/XStep .0001/YStep .0001/Resources<</Pattern<</P 5 0 R>>>>")
    return one_page(b"/Pattern cs /P scn 0 0 612 792 re f", "<</Pattern<</P 5 0 R>>>>", {5: pattern})


def shading():
    function = "<</FunctionType 4/Domain[0 1]/Range[0 1]/Length 9>>\nstream\n{%s}\nendstream" % (" dup mul" * 100_000)
    more = {5: "<</ShadingType 1/ColorSpace/DeviceGray/Domain[0 1 0 1]/Matrix[612 0 0 792 0 0]/Function 6 0 R>>", 6: function}
    return one_page(b"/S sh", "<</Shading<</S 5 0 R>>>>", more)


def mask_in_itself():
    form = stream(b"/G gs 0 0 9 9 re f", "/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Group<</S/Transparency/CS/DeviceGray>>"
                  "/Resources<</ExtGState<</G 6 0 R>>>>")
    state = "<</Type/ExtGState/SMask<</Type/Mask/S/Luminosity/G 5 0 R>>>>"
    return one_page(b"/G gs 0 0 612 792 re f", "<</ExtGState<</G 6 0 R>>>>", {5: form, 6: state})


def dashes():
    return one_page(b"[.000001 .000001] 0 d 0 0 m 600 700 l S\n" * 1000)


def acts(action):
    """What a viewer might do at once, at each occasion that there is."""
    note = f"<</Type/Annot/Subtype/Link/Rect[0 0 612 792]/A {action}/AA<</PO {action}/PV {action}>>>>"
    page = PAGE.replace("/Contents", f"/AA<</O {action}>>/Annots[5 0 R]/Contents")
    return one_page(catalog=f"/OpenAction {action}/AA<</WC {action}>>", page=page, more={5: note})


def embedded():
    return one_page(catalog="/Names<</EmbeddedFiles<</Names[(run.sh) 5 0 R]>>>>", more={
        5: "<</Type/Filespec/F(run.sh)/EF<</F 6 0 R>>>>", 6: stream(b"#!/bin/sh\ntouch /tmp/launched\n", "/Type/EmbeddedFile")})


def outside(what):
    """A stream whose data lie in another file."""
    return one_page(filters=f"/F<</FS/{what[0]}/F({what[1]})>>")


def forms_of_its_own():
    xfa = stream(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><xdp:xdp>&x;</xdp:xdp>')
    return one_page(catalog="/AcroForm<</XFA 5 0 R/Fields[]/NeedAppearances true>>", more={5: xfa})


def encrypted(rounds=""):
    key = "<" + "00" * 32 + ">"
    return one_page(trailer=f"/ID[<00><00>]/Encrypt<</Filter/Standard/V 5/R 6/Length 256/P -4/O <{'00' * 48}>/U <{'00' * 48}>"
                            f"/OE {key}/UE {key}/Perms <{'00' * 16}>{rounds}>>")


def long_name():
    return one_page(b"/" + b"A" * 1_000_000 + b" 12 Tf", catalog="/" + "B" * 1_000_000 + " true")


def much_text():
    return one_page(deflated(b"BT /F 1 Tf 9 9 Td (" + b"glyph" * 2000 + b") Tj ET\n", 1000), filters="/Filter/FlateDecode")


def number(text):
    return one_page(b"BT /F %s Tf %s %s Td (A) Tj ET %s w 0 0 m %s %s l S" % ((text,) * 6))


# One row for each thing that is tried; many are shown, and harmless.
MADE = {
    "nothing": lambda: b"",
    "garbage": garbage,
    "Flate bomb": flate_bomb,
    "Flate bomb in Flate in Flate": nested_flate_bomb,
    "predictor with huge rows": predictor_bomb,
    "LZW of LZW": lzw_bomb,
    "huge JPEG": lambda: image("DCTDecode", jpeg(65000, 65000)),
    "huge JPEG 2000": lambda: image("JPXDecode", jpx(0x7fffffff, 0x7fffffff)),
    "huge JBIG2": lambda: image("JBIG2Decode", jbig2()),
    "huge fax": lambda: image("CCITTFaxDecode", bytes(1000), "/DecodeParms<</K -1/Columns 2147483647/Rows 2147483647>>"),
    "huge image of zeros": lambda: image("FlateDecode", deflated(bytes(1 << 20), 1000)),
    "100,000 pages": many_pages,
    "2,000,000,000 pages said": lambda: tree("3 0 R", 2_000_000_000),
    "fewer pages than none": lambda: tree("3 0 R", -1),
    "page tree 50,000 deep": deep_tree,
    "page tree in itself": lambda: tree("2 0 R", 1),
    "page tree doubling in loops": tree_of_loops,
    "object streams in each other": object_streams_in_each_other,
    "stream as long as itself": length_of_itself,
    "references in a ring": reference_loop,
    "page of 1e9 points": lambda: box("0 0 1000000000 1000000000"),
    "page of no size": lambda: box("0 0 0 0"),
    "page of next to no size": lambda: box("0 0 .0000001 .0000001"),
    "page turned inside out": lambda: box("612 792 -612 -792"),
    "page that is not a number": lambda: box("0 0 nan inf"),
    "page of 1e400 points": lambda: box("0 0 1" + "0" * 400 + " 1" + "0" * 400),
    "page long and thin": lambda: box("0 0 14400 .5"),
    "table of objects nowhere": broken_table,
    "tables of objects in a ring": table_loop,
    "table of 2,147,483,647 objects": huge_table,
    "a million arrays in each other": lambda: brackets("["),
    "a million dictionaries in each other": lambda: brackets("<</A "),
    "a million arrays in a drawing": drawing_brackets,
    "a million saved states": saves,
    "form in itself": form_in_itself,
    "forms doubling forty times": forms_doubling,
    "glyph that draws itself": glyph_that_draws_itself,
    "pattern in itself": pattern_in_itself,
    "shading by a long function": shading,
    "mask in itself": mask_in_itself,
    "endless dashes": dashes,
    "script": lambda: acts("<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\);while\\(1\\);)>>"),
    "launch": lambda: acts("<</S/Launch/F(/bin/touch)/Unix(/bin/touch /tmp/launched)>>"),
    "address": lambda: acts("<</S/URI/URI(http://127.0.0.1:9/)>>"),
    "form sent": lambda: acts("<</S/SubmitForm/F<</FS/URL/F(http://127.0.0.1:9/)>>>>"),
    "other document": lambda: acts("<</S/GoToR/F(/etc/passwd)/D[0/Fit]>>"),
    "embedded file": embedded,
    "data from a file": lambda: outside(("UNIX", "/etc/passwd")),
    "data from an address": lambda: outside(("URL", "http://127.0.0.1:9/")),
    "form with external entities": forms_of_its_own,
    "encrypted": encrypted,
    "encrypted by nobody knows what": lambda: one_page(trailer="/Encrypt<</Filter/Other/V 99/R 99>>/ID[<00><00>]"),
    "name of a megabyte": long_name,
    "ten million glyphs": much_text,
    "numbers without end": lambda: number(b"9" * 400),
    "numbers below all": lambda: number(b"-2147483649"),
    "comment without end": lambda: b"%PDF-1.7\n%" + b"A" * 5_000_000,
}


def cut(pdf, cases):
    """@pdf, ending too early, @cases times from nothing to nearly all."""
    return [pdf[:len(pdf) * step // cases] for step in range(cases)]


def mutated(pdf, chance):
    """@pdf with a few bytes flipped, a piece moved, doubled, blanked or cut out."""
    data = bytearray(pdf)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(data)), chance.randint(1, 400)
        piece = data[at:at + length]
        kind = chance.randrange(6)
        if kind == 0:
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            data[at:at + length] = chance.randbytes(len(piece))
        elif kind == 2:
            del data[at:at + length]
        elif kind == 3:
            data[at:at] = piece * chance.randint(1, 20)
        elif kind == 4:
            other = chance.randrange(len(data))
            data[other:other + length] = piece
        else:
            digits = [place for place in range(at, min(at + 2000, len(data))) if 48 <= data[place] <= 57]
            for place in digits[:chance.randint(1, 9)]:
                data[place] = chance.choice(b"0123456789")
        if not data:
            data = bytearray(b"%")
    return bytes(data)
