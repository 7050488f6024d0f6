"""What a reader of the scores and ranges of a coding has to know, in plain words."""

from ipcompare.coding.adjudication import check_gold
from ipcompare.coding.coder_agreement import item_places
from ipcompare.coding.coding_files import Coding
from ipcompare.words import word

FEW_DOCUMENTS = 10
FEW_ITEMS = 100


def cautions(coding: Coding, lang: str = "zh") -> list[str]:
    """The words of caution (``coding.cautions`` of words.toml) that hold of an adjudicated coding.

    Always that people may be wrong too, that the tool is taken to be as right in every text, and
    that estimates need the drawn items; where it applies: few documents (under 10), few items
    (under 100), items nobody adjudicated, one coder only, a language model among the coders, codes
    that models alone agreed on before a person decided; first of all, codes made up by a program.
    """
    gold = check_gold(coding)
    done, places = set(gold["item_id"]), item_places(coding)
    n_documents = len({places[item_id][0] for item_id in done})
    models = [coder.name for coder in coding.coders if coder.kind == "model"]
    values = {
        "n": len(done), "n_drawn": len(coding.items), "documents": n_documents,
        "models": ", ".join(models), "person": coding.adjudicator,
    }  # fmt: skip
    known = (
        ("made_up", coding.made_up),
        ("codes", True),
        ("same_rates", True),
        ("drawn", True),
        ("few_documents", n_documents < FEW_DOCUMENTS),
        ("few_items", len(done) < FEW_ITEMS),
        ("part", len(done) < len(coding.items)),
        ("one_coder", len(coding.coders) < 2),
        ("models", bool(models)),
        ("only_models", bool(coding.coders) and len(models) == len(coding.coders)),
    )
    return [word(f"coding.cautions.{key}", lang, **values) for key, holds in known if holds]
