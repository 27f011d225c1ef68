"""A letter of which one paragraph was changed, to its PDF, beside what is left to do where every layout is ready: draw them
and write the PDF. Processor time in one process."""
import pdf_costs

COUNT = 300
TYPST = 1.06  # ms: as measured elsewhere for such a page by a warm, incremental Typst; quoted here, not measured


def measure(full):
    """Rows of (name, value, unit, goal)."""
    costs = pdf_costs.measured("changed", COUNT * (5 if full else 1), ("full-page",))["full-page"]
    whole = [cost.typeset + cost.write for cost in costs]
    for percent in (50, 99):
        yield f"PDF of a changed page, p{percent}", pdf_costs.percentile(whole, percent) / 1000, "ms", ""
    for part, name in (("typeset", "laid out"), ("write", "written"), ("unfinished", "written but not finished")):
        yield f"… of that, {name}, p50", pdf_costs.median(costs, part) / 1000, "ms", ""
    yield "floor, bare PDF of ready layouts, p50", pdf_costs.median(costs, "draw") / 1000, "ms", ""
    yield "changed PDF to floor", pdf_costs.ratio(costs, ("typeset", "write"), ("draw",)), "ratio", "<= 1.2"
    yield "… unfinished to floor", pdf_costs.ratio(costs, ("typeset", "unfinished"), ("draw",)), "ratio", ""
    yield "… changed PDF to finished PDF of ready layouts", pdf_costs.ratio(costs, ("typeset", "write"), ("write",)), \
        "ratio", ""
    yield "changed PDF to Typst's 1.06 ms (quoted)", pdf_costs.percentile(whole, 50) / 1000 / TYPST, "ratio", "< 1"
