"""How is a plan told, to a person at a terminal and to another program?"""

from typing import Any

from pututu.rescue.plan import Act, Item, Plan, Step
from pututu.rescue.reading.scraped import Bullets, Kind, Passage

_SIGNS = {Act.CREATE: "+", Act.UNCHANGED: "=", Act.REFUSE: "!"}
_VERBS = {Act.CREATE: "to create", Act.UNCHANGED: "unchanged", Act.REFUSE: "refused"}


def report_lines(plan: Plan, *, language: str = "en") -> list[str]:
    """Tell the plan in plain text: a line per step, its reason and evidence below, the sums at the end."""
    lines = [line for step in plan.steps for line in _step_lines(step, language)]
    return [*lines, ", ".join(f"{len(plan.of(act))} {_VERBS[act]}" for act in Act) + "."]


def _step_lines(step: Step, language: str) -> list[str]:
    kind = f"{step.item.kind}: " if step.item else ""
    dates = f" ({_dates(step.item, language)})" if step.item and step.item.kind is not Kind.BLOCK else ""
    lines = [
        f"{_SIGNS[step.act]} {kind}{step.title or '(no title)'}{dates}",
        f"    {step.reason} [{step.source}]",
    ]
    if step.item and step.act is Act.CREATE:
        lines += [f"    - {evidence.statement} [{evidence.source}]" for evidence in step.item.evidence]
    return lines


def _dates(item: Item, language: str) -> str:
    published = item.date.words(language)
    if item.held is None:
        return published
    return f"held: {item.held.words(language)}; announced: {published}"


def report_dict(plan: Plan) -> dict[str, Any]:
    """Tell the plan as dictionaries and lists for ``json.dumps``; dates are EDTF, "" if unknown."""
    return {
        "counts": {str(act): len(plan.of(act)) for act in Act},
        "steps": [_step_dict(step) for step in plan.steps],
    }


def _step_dict(step: Step) -> dict[str, Any]:
    told: dict[str, Any] = {
        "act": str(step.act),
        "reason": step.reason,
        "title": step.title,
        "source": step.source,
    }
    return told | {"item": _item_dict(step.item) if step.item else None}


def _item_dict(item: Item) -> dict[str, Any]:
    return {
        "kind": str(item.kind),
        "title": item.title,
        "standfirst": item.standfirst,
        "body": [_passage_dict(passage) for passage in item.body],
        "date": item.date.edtf,
        "state": str(item.state),
        "held": item.held.edtf if item.held is not None else None,
        "evidence": [
            {"statement": evidence.statement, "source": evidence.source} for evidence in item.evidence
        ],
        "fingerprint": item.fingerprint,
    }


def _passage_dict(passage: Passage) -> dict[str, Any]:
    if isinstance(passage, Bullets):
        return {"bullets": list(passage.items)}
    return {"paragraph": passage.text}
