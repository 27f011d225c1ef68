"""A letter that was never laid out before, to its PDF, beside bare Pango and cairo that draw the same page: processor time
in one process. Unfinished is what cairo wrote, with its tags, before libqpdf adds to it; bare has no tags."""
import pdf_costs

COUNT = 60
BARE = ("lay_out", "draw")
ALL = (
    ("fresh PDF to bare, all of them", ("typeset", "write"), BARE, "<= 1.25"),
    ("… unfinished to bare", ("typeset", "unfinished"), BARE, ""),
    ("… fresh PDF to bare lines without figures", ("typeset", "write"), ("lay_out", "draw_text"), ""),
)


def measure(full):
    """Rows of (name, value, unit, goal)."""
    letters = pdf_costs.measured("fresh", COUNT * (5 if full else 1), pdf_costs.LATIN)
    page = letters["full-page"]
    for percent in (50, 99):
        whole = [cost.typeset + cost.write for cost in page]
        yield f"fresh PDF of a full page, p{percent}", pdf_costs.percentile(whole, percent) / 1000, "ms", ""
    for part, name in (("typeset", "laid out"), ("write", "written"), ("unfinished", "written but not finished")):
        yield f"… of that, {name}, p50", pdf_costs.median(page, part) / 1000, "ms", ""
    yield "bare Pango and cairo, laid out, p50", pdf_costs.median(page, "lay_out") / 1000, "ms", ""
    yield "bare Pango and cairo, drawn and written, p50", pdf_costs.median(page, "draw") / 1000, "ms", ""
    for name, costs in letters.items():
        yield f"fresh PDF to bare, {name}", pdf_costs.ratio(costs, ("typeset", "write"), BARE), "ratio", "<= 1.25"
    for name, parts, others, goal in ALL:
        whole, other = (sum(pdf_costs.median(costs, *some) for costs in letters.values()) for some in (parts, others))
        yield name, whole / other, "ratio", goal
