# SPDX-License-Identifier: Apache-2.0
"""Rule files of invented towns, drawn from a seed: every unit, ceiling, condition and rounding that
the format knows, in mixtures that no real assembly has voted."""
KINDS = ["plenary", "half_day", "evening", "video", "working_group", "proposal_group",
         "method_committee", "follow_up", "social"]
FIRST, CHANGE, LAST = "2025-01-01", "2025-11-15", "2026-12-31"
ACCOUNTING = 'accounting = { account = ""; function = ""; analytic = ""; pay_code = ""; documents = [ ]; };'


def dated(draw, key, low, high, extra=""):
    """One value over the life, or two with a change on a day."""
    def value():
        return f"{draw.randint(low, high) / 100:.2f}"
    if draw.random() < 0.6:
        return f'( {{ from = "{FIRST}"; to = "{LAST}"; {key} = "{value()}"; source = "D"; {extra}}} )'
    return (f'( {{ from = "{FIRST}"; to = "2025-11-14"; {key} = "{value()}"; source = "D"; {extra}}},\n'
            f'        {{ from = "{CHANGE}"; to = "{LAST}"; {key} = "{value()}"; source = "D"; {extra}}} )')


def stepped(draw):
    """A rate that changes several times a year."""
    days = ["2025-01-01", "2025-05-15", "2025-11-15", "2026-02-10", "2026-02-20", "2026-06-01", "2027-01-01"]
    eves = ["", "2025-05-14", "2025-11-14", "2026-02-09", "2026-02-19", "2026-05-31", "2026-12-31"]
    return "( " + ",\n      ".join(
        f'{{ from = "{first}"; to = "{last}"; amount = "{draw.randint(500, 2999) / 100:.2f}"; source = "D"; }}'
        for first, last in zip(days, eves[1:])) + " )"


def hours_in_all(draw):
    """A few hours a month, a year or a mandate, over which the rate changes."""
    span = draw.choice(("month", "year", "mandate"))
    soft = ' limit = "soft";' if draw.random() < 0.1 else ""
    key, low, high = draw.choice((("amount", 1000, 6000), ("quantity", 100, 300), ("quantity", 50, 150)))
    day = f'{{ per = "day"; limits = {dated(draw, key, low, high)}; }},' if draw.random() < 0.8 else ""
    return f'caps = ( {day} {{ per = "{span}";{soft} limits = {dated(draw, "quantity", 200, 900)}; }} );'


def caps(draw, spans, low, high, quantities=False):
    blocks = []
    for span in spans:
        if draw.random() < 0.35:
            key = "amount"
            bounds = (low, high)
            if quantities and draw.random() < 0.4:
                key, bounds = "quantity", (100, 1200)
            limits = dated(draw, key, *bounds)
            soft = ' limit = "soft";' if draw.random() < 0.1 else ""
            blocks.append(f'{{ per = "{span}";{soft} limits = {limits}; }}')
    return "" if not blocks else "caps = ( " + ",\n      ".join(blocks) + " );"


def rounding(draw):
    mode = draw.choice(("", "", "half_up", "half_even", "down", "up"))
    return f'rounding = {{ mode = "{mode}"; source = "D"; }};' if mode else ""


def tariff(draw, kinds, in_all=False):
    per = "hour" if in_all else draw.choice(("session", "day", "half_day", "hour", "hour", "mandate"))
    listed = ", ".join(f'"{k}"' for k in kinds)
    full = draw.choice((180, 300, 420)) if per == "hour" and not in_all and draw.random() < 0.3 else 0
    most = 1250 if full else 9999  # the hours of a day come to no more than a full one
    amounts = stepped(draw) if in_all else dated(draw, "amount", 500, most)
    parts = [f'per = "{per}"; kinds = [ {listed} ]; source = "D";', f'amounts = {amounts};', rounding(draw)]
    if draw.random() < 0.2:
        parts.append('session_bodies = { accepted = [ "bureau", "" ]; source = "D"; };'.replace(', ""', ""))
    if draw.random() < 0.3:
        parts.append(f'minimum_presence = {{ minutes = {draw.choice((15, 60, 61))}; source = "D"; }};')
    by_quantity = per == "hour"
    if per == "hour" and draw.random() < 0.3:
        parts.append(f'step = {{ minutes = {draw.choice((15, 30, 60))}; source = "D"; }};')
    if full:
        parts.append(f'full_day = {{ minutes = {full}; source = "D"; '
                     f'amounts = {dated(draw, "amount", most * full // 60, most * full // 60 + 4000)}; }};')
        by_quantity = False
    parts.append(hours_in_all(draw) if in_all else
                 caps(draw, ("line", "day", "month", "year", "mandate"), 1000, 30000, by_quantity))
    return "{ " + "\n      ".join(p for p in parts if p) + " }"


def conditions(draw):
    parts = []
    if draw.random() < 0.4:
        days = f' days_after_session = {draw.choice((30, 60))};' if draw.random() < 0.5 else ""
        parts.append(f'on_request = {{{days} source = "D"; }};')
    if draw.random() < 0.3:
        parts.append('bodies = { accepted = [ "bureau", "groupe de propositions" ]; source = "D"; };')
    if draw.random() < 0.3:
        parts.append(f'age = {{ minimum = {draw.choice((16, 18))}; source = "D"; }};')
    if draw.random() < 0.3:
        words = draw.choice(('"yes"', '"yes", "advocacy"'))
        parts.append(f'competence = {{ paid = [ {words} ]; source = "D"; }};')
    if draw.random() < 0.4:
        methods = draw.choice(('"caf"', '"caf", "msa"', '"tax_household"'))
        evidence = f'evidence = {{ months_max = {draw.choice((6, 12))}; source = "D"; }};' if draw.random() < 0.6 else ""
        parts.append(f'means_test = {{ measure = "quotient_familial"; methods = [ {methods} ]; source = "D"; '
                     f'thresholds = {dated(draw, draw.choice(("at_most", "below")), 40000, 120000)}; {evidence} }};')
    return "conditions = {\n    " + "\n    ".join(parts) + "\n  };" if parts else ""


def category(draw, name, method, unit, also=""):
    parts = [f'category = "{name}"; also = [ {also} ]; label = {{ fr = "{name}"; en = "{name}"; }};',
             f'method = "{method}"; unit = "{unit}"; source = "D";']
    if method in ("unit", "ceiling"):
        parts.append(f'rates = {stepped(draw) if draw.random() < 0.3 else dated(draw, "amount", 100, 2500)};')
    if method == "scale":
        parts.append('scale = "state-mileage";')
    parts.append(f'receipt = {{ required = {draw.choice(("true", "false"))}; source = "D"; }};')
    if draw.random() < 0.3:
        parts.append(f'deadline = {{ days = {draw.choice((10, 60))}; source = "D"; }};')
    if draw.random() < 0.3:
        parts.append('meal_served = { refused = true; source = "D"; };')
    if draw.random() < 0.3 and method != "receipt":
        parts.append('default_quantity = { value = "1"; source = "D"; };')
    parts.append(rounding(draw) if method != "receipt" else "")
    parts.append(caps(draw, ("line", "day", "month", "year", "mandate"), 500, 9000,
                      method in ("unit", "ceiling")))
    return "{ " + "\n      ".join(p for p in parts if p) + "\n      " + ACCOUNTING + " }"


def town(draw, name):
    """The text of a rule file that passes every check of the format."""
    kinds = KINDS[:]
    draw.shuffle(kinds)
    tariffs = []
    in_all = draw.random() < 0.2
    if in_all:
        tariffs, kinds = [tariff(draw, kinds[:6], True)], kinds[6:]
    for _ in range(0 if in_all else draw.randint(1, 4)):
        size = draw.randint(1, 2)
        tariffs.append(tariff(draw, kinds[:size]))
        kinds = kinds[size:]
    left = ", ".join(f'"{k}"' for k in kinds)
    not_paid = (f'not_paid = ( {{ kinds = [ {left} ]; source = "D"; reason = {{ fr = "non"; en = "no"; }}; }} );'
                if kinds else "not_paid = ( );")
    statuses = ", ".join(f'"{s}"' for s in draw.choice((["drawn"], ["drawn", "volunteer"],
                                                          ["drawn", "volunteer", "alternate"])))
    wanted = [("parking", "receipt", "claim", '"stationnement"'), ("childcare", "ceiling", "hour", '"garde"'),
              ("income_loss", "unit", "hour", ""), ("mileage", "scale", "kilometre", '"km"')]
    categories = ",\n    ".join(category(draw, *w) for w in wanted if draw.random() < 0.6)
    middle = draw.random() < 0.5
    lives = ([(FIRST, "2025-12-31"), ("2026-01-01", LAST)] if middle else [(FIRST, LAST)])
    life = ", ".join(f'{{ from = "{a}"; to = "{b}"; source = "D"; }}' for a, b in lives)
    stipend = f"""tariffs = (
    {",{0}    ".format(chr(10)).join(tariffs)}
  );
  {not_paid}
  {caps(draw, ("day", "month", "year", "mandate"), 5000, 40000)}
  excused = {{ paid = {draw.choice(("true", "false"))}; source = "D"; }};
  statuses = {{ paid = [ {statuses} ]; source = "D"; }};
  {conditions(draw)}"""
    if draw.random() < 0.1:
        stipend = 'none = { reason = { fr = "bénévolat"; en = "unpaid"; }; source = "D"; };'
    return f"""format = "defray.rules/1";
id = "{name}";
authority = "Ville inventée";
assembly = "Assemblée inventée";
language = "en";
series = [ "state-mileage" ];
sources = ( {{ id = "D"; kind = "deliberation"; date = "2025-01-01"; title = "Invented"; address = ""; }} );
life = ( {life} );
status = ( {{ from = "{FIRST}"; to = "{LAST}"; state = "in_force"; source = "D"; }} );
stipend = {{
  label = {{ fr = "Indemnité"; en = "Stipend"; }};
  {stipend}
  {ACCOUNTING}
}};
expenses = {{
  presence = {{ source = "D"; }};
  others = {{ source = "D"; }};
  categories = (
    {categories}
  );
}};
examples = ( );
"""
