"""A past letter is read into sections and items, and nothing it says is lost."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.newsletter.issues.blocks import ItemsBlock
from beffroi.newsletter.issues.letter_markdown import (
    MAX_BYTES,
    Item,
    Letter,
    LetterUnreadable,
    MastheadMissing,
    decode_letter,
    read_letter,
)
from tests.newsletter.issues.letters import (
    MASTHEAD,
    SECTIONS,
    letter_words,
    letters,
    source_words,
    text_of,
)


def read(*paragraphs: str) -> Letter:
    """A letter made of its masthead and these paragraphs."""
    return read_letter("\n\n".join([MASTHEAD, *paragraphs]))


def items(*paragraphs: str) -> list[Item]:
    """The items of a letter whose paragraphs start with the name of a section."""
    return [item for section in read(*paragraphs).sections for item in section.items]


@given(letters)
def test_keeps_every_word_in_its_place(source: str) -> None:
    assert letter_words(read_letter(source)) == source_words(source)


@given(st.text("abC É.,:;!?#*-•|>`+_=<\n\n\u00a0", max_size=300))
def test_loses_no_word_of_the_worst_conversion(dirt: str) -> None:
    source = f"{MASTHEAD}\n\nL'actu\n\n{dirt}"
    assert _letters(letter_words(read_letter(source))) == _letters(source_words(source))


def _letters(found: list[str]) -> str:
    return re.sub(r"[\W_]+", "", "".join(found))


@given(letters, st.sampled_from(["\r\n", "\r", "\n"]), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_reads_the_same_letter_whatever_the_file(source: str, end: str, encoding: str) -> None:
    content = source.replace("\n", end).encode(encoding)
    assert read_letter(decode_letter(content)) == read_letter(source)


@given(letters)
def test_holds_only_parts_that_an_issue_knows(source: str) -> None:
    known = ItemsBlock().child_blocks
    for section in read_letter(source).sections:
        for item in section.items:
            assert set(item.value) <= set(known[item.kind].child_blocks)


def test_keeps_every_word_of_the_real_letter(shared: Path) -> None:
    source = decode_letter((shared / "letter" / "lettre-17.md").read_bytes())
    letter = read_letter(source)
    assert letter_words(letter) == source_words(source)
    assert len(letter.placeholders) == source.count("](#)")
    assert (letter.number, letter.issued_on, letter.links) == (17, date(2022, 9, 23), 3)


def test_finds_the_items_of_the_real_letter(shared: Path) -> None:
    letter = read_letter(decode_letter((shared / "letter" / "lettre-17.md").read_bytes()))
    kinds = {section.title: [item.kind for item in section.items] for section in letter.sections}
    assert kinds == {
        "L'actu": ["event", "key_figure", "progress", "text"],
        "Le Club": ["text", "event", "event", "event"],
        "L'offre de services": ["call", "article", "event", "call"],
        "Les ressources utiles": ["resource", "resource"],
        "L'image du mois": ["text", "picture"],
        "Voir aussi": ["see_also"] * 7,
        "": ["text", "colophon"],
    }


@pytest.mark.parametrize(
    ("line", "number", "day"),
    [
        ("23 SEPTEMBRE 2022 - LETTRE D'INFORMATION #17 |", 17, date(2022, 9, 23)),
        ("Lettre d’information n° 8 – 1er février 2023", 8, date(2023, 2, 1)),
        ("# **12 AOUT 2023 | lettre d'information n°\u00a018**", 18, date(2023, 8, 12)),
        ("LETTRE D'INFORMATION N°5\n\n14 décembre 2021", 5, date(2021, 12, 14)),
        ("03/04/2023  -  lettre d'information  # 22", 22, date(2023, 4, 3)),
        ("Numéro 9 du jeudi 2\u00a0juin 2022", 9, date(2022, 6, 2)),
    ],
)
def test_reads_the_masthead_however_it_is_set(line: str, number: int, day: date) -> None:
    letter = read_letter(f"\ufeff\n\n{line}\n\nBonjour.\n\nL'actu\n\n## Un titre\n\nUn texte.")
    assert (letter.number, letter.issued_on) == (number, day)
    assert letter.introduction == "<p>Bonjour.</p>"


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("LETTRE D'INFORMATION #17\n\nL'actu", "la date"),
        ("23 septembre 2022\n\nL'actu", "le numéro"),
        ("L'actu\n\n23 SEPTEMBRE 2022 - LETTRE D'INFORMATION #17", "le numéro et la date"),
        ("31 FÉVRIER 2022 - LETTRE D'INFORMATION #17", "la date"),
        ("23 SEPTEMBRE 2022 - LETTRE D'INFORMATION #0", "le numéro"),
    ],
)
def test_says_which_line_was_expected(source: str, missing: str) -> None:
    with pytest.raises(MastheadMissing) as refused:
        read_letter(source)
    assert str(refused.value).startswith(f"{missing} de la lettre manque")
    assert "LETTRE D'INFORMATION #" in str(refused.value)


@pytest.mark.parametrize("name", [*SECTIONS, "L ' actu", "l’ACTU", "Les ressources utiles\u00a0"])
def test_knows_a_section_however_it_is_dressed(name: str) -> None:
    letter = read(name, "## Un titre", "Un texte.")
    assert [len(section.items) for section in letter.sections] == [1]
    assert "*" not in letter.sections[0].title


def test_a_section_may_share_its_paragraph() -> None:
    letter = read("Le Club\n**Un titre**", "Un texte.")
    assert [(s.title, s.items[0].heading) for s in letter.sections] == [("Le Club", "Un titre")]


def test_a_letter_without_known_sections_keeps_its_items() -> None:
    letter = read("Bonjour.", "## Un titre", "Un texte.", "## Un autre", "La suite.")
    assert letter.introduction == "<p>Bonjour.</p>"
    assert [item.heading for item in letter.sections[0].items] == ["Un titre", "Un autre"]


@pytest.mark.parametrize(
    ("section", "title", "kind"),
    [
        ("L'actu", "## Des nouvelles du terrain", "article"),
        ("L'actu", "# 1 622", "key_figure"),
        ("L'actu", "## 99,6 %", "key_figure"),
        ("L'actu", "## 2023", "article"),
        ("L'actu", "### Le point d’avancement est là", "progress"),
        ("Le Club", "**Webinaire : financer son projet**", "event"),
        ("Le Club", "## Replay | La recherche-action", "event"),
        ("Le Club", "## Les Assises de la ruralité", "event"),
        ("L'offre de services", "## Appel à projets : des halles vivantes", "call"),
        ("L'offre de services", "## Le Prix des mairies est lancé", "call"),
        ("L'offre de services", "## Le prix de l'énergie en mairie", "article"),
        ("L'offre de services", "## Les lauréats du concours sont connus", "article"),
        ("Les ressources utiles", "### Un tiers-lieu à Saint-Yon (91)", "resource"),
        ("L'image du mois", "### Inauguration", "picture"),
        ("Voir aussi", "- **Un prix.** Et sa suite.", "see_also"),
    ],
)
def test_chooses_the_block_of_an_item(section: str, title: str, kind: str) -> None:
    assert [item.kind for item in items(section, title, "Un texte.")] == [kind]


def test_what_precedes_the_first_title_stays_as_a_free_text() -> None:
    found = items("Le Club", "Mot d'accueil.", "## Un titre", "Un texte.")
    assert [(item.kind, item.value["text"]) for item in found] == [
        ("text", "<p>Mot d'accueil.</p>"),
        ("article", "<p>Un texte.</p>"),
    ]


def test_a_link_alone_after_an_item_becomes_its_link() -> None:
    letter = read("L'actu", "## Un titre", "Un [mot](#) ici.", "[Lire](https://a.example/x)")
    value = letter.sections[0].items[0].value
    assert value["link"] == {"label": "Lire", "url": "https://a.example/x"}
    assert value["text"] == '<p>Un <a href="#">mot</a> ici.</p>'
    found = [(p.section, p.item, p.label) for p in letter.placeholders]
    assert (letter.links, found) == (1, [("L'actu", "Un titre", "mot")])


@pytest.mark.parametrize("target", ["#", "", "#ancre", "javascript:alert(1)", "page.html"])
def test_an_address_that_nobody_can_follow_is_a_placeholder_or_words(target: str) -> None:
    letter = read("L'actu", "## Un titre", f"Un texte. [Lire]({target}) ici.")
    assert letter.links == 0
    assert 'href="java' not in letter.sections[0].items[0].value["text"]
    assert "Lire" in text_of(letter.sections[0].items[0].value["text"])


def test_a_linked_heading_keeps_its_address() -> None:
    found = items("L'actu", "## [Un guide](https://a.example/g)", "Un texte.")
    assert found[0].value["title"] == "Un guide"
    assert found[0].value["link"]["url"] == "https://a.example/g"


def test_addresses_become_links_and_only_superscript_is_a_tag() -> None:
    found = items(
        "L'actu", "## Un titre", "Écrire à a.b@c.example, 5 m<sup>2</sup>. <script>x</script>"
    )
    assert found[0].value["text"] == (
        '<p>Écrire à <a href="mailto:a.b@c.example">a.b@c.example</a>, 5 m<sup>2</sup>. '
        "&lt;script&gt;x&lt;/script&gt;</p>"
    )


def test_a_page_break_does_not_tear_a_sentence_nor_a_bullet() -> None:
    found = items(
        "Voir aussi",
        "• Une agence dévoile ses nouvelles fabriques de",
        "**proximité.** Le programme réunit toutes les petites villes de la région et",
        "quelques autres.",
    )
    assert [item.heading for item in found] == [
        "Une agence dévoile ses nouvelles fabriques de proximité"
    ]
    assert "région et quelques autres." in found[0].value["text"]


def test_words_of_a_poster_are_one_free_text_before_the_item_that_a_link_names() -> None:
    prose = "Cette formation ouvre à tous les chefs de projet des petites villes de la région."
    title = "Une formation pour les chefs de projet et les élus référents"
    found = items(
        "Le Club", "**ÉCOLE**\nDE LA VILLE", "## VILLES ANCIENNES", f"[{title}](#)", prose
    )
    assert [(item.kind, item.heading) for item in found] == [("text", ""), ("event", title)]
    assert found[0].value["text"] == "<p><b>ÉCOLE</b> DE LA VILLE<br/>VILLES ANCIENNES</p>"


def test_bold_words_under_a_heading_are_its_summary() -> None:
    found = items("L'actu", "## Un titre", "**Un chapeau.**", "Un texte.")
    assert [item.value["text"] for item in found] == ["<p><b>Un chapeau.</b></p><p>Un texte.</p>"]


@pytest.mark.parametrize(
    "paragraph", ["**Un titre**\nUn texte.", "**Un titre.** Un texte.", "**Un titre** : Un texte."]
)
def test_bold_first_words_of_a_section_are_a_title(paragraph: str) -> None:
    found = items("L'actu", paragraph, paragraph)
    assert [(item.heading, item.value["text"]) for item in found] == [
        ("Un titre", "<p>Un texte.</p>")
    ] * 2


def test_a_list_within_an_item_stays_a_list() -> None:
    found = items("L'actu", "## Un titre", "Deux volets :", "- **Un** : a\n- **Deux** : b")
    assert [item.value["text"] for item in found] == [
        "<p>Deux volets :</p><ul><li><b>Un</b> : a</li><li><b>Deux</b> : b</li></ul>"
    ]


def test_a_number_that_starts_a_line_is_a_word() -> None:
    found = items("L'actu", "## Un titre", "2022. Une belle année.", "Donc :", "1. a\n2. b")
    assert found[0].value["text"] == (
        "<p>2022. Une belle année.</p><p>Donc :</p><ol><li>a</li><li>b</li></ol>"
    )


@pytest.mark.parametrize("mark", ["> ", ">", "- ", "> - "])
def test_no_depth_of_marks_hides_a_word(mark: str) -> None:
    found = items("L'actu", "## Un titre", "Un texte.", mark * 60 + "caché")
    assert "caché" in text_of(found[0].value["text"])


def test_no_indentation_hides_a_word() -> None:
    stairs = "\n".join(f"{'  ' * depth}- mot{depth}" for depth in range(80))
    assert "mot79" in text_of(items("L'actu", "## Un titre", "Un texte.", stairs)[0].value["text"])


def test_the_foot_holds_the_colophon() -> None:
    letter = read(
        "Voir aussi",
        "- **Un.** Texte.",
        "Contactez-nous",
        "Directrice de publication : Ada Bel  \nCrédits photos : Un, Deux\nTrois",
        "[Se désinscrire](#)",
    )
    text, colophon = letter.sections[-1].items
    assert (letter.sections[-1].title, text.kind, colophon.kind) == ("", "text", "colophon")
    assert [(row["role"], row["names"]) for row in colophon.value["lines"]] == [
        ("Directrice de publication", "Ada Bel"),
        ("Crédits photos", "Un, Deux, Trois"),
    ]
    assert "Se désinscrire" in colophon.value["text"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Il aura lieu le 17 octobre prochain.", "2024-10-17", None),
        ("Il aura lieu le 2 janvier prochain.", "2025-01-02", None),
        ("Tenu les 15 et 16 décembre derniers.", "2023-12-15", "2023-12-16"),
        ("Du 3 au 5 mai 2024, à Dole.", "2024-05-03", "2024-05-05"),
    ],
)
def test_dates_an_event_only_when_its_words_are_sure(
    text: str, first: str, last: str | None
) -> None:
    value = items("Le Club", "## Rencontre des maires", text)[0].value
    assert (value["starts_on"], value["ends_on"]) == (first, last)


@pytest.mark.parametrize(
    "text", ["Le 3 mai.", "Le 3 mai 2024 ou le 5 mai 2024.", "Le 31 juin 2024."]
)
def test_leaves_a_doubtful_date_to_the_editor(text: str) -> None:
    assert "starts_on" not in items("Le Club", "## Rencontre des maires", text)[0].value


def test_a_call_closes_on_the_day_it_says() -> None:
    found = items("L'offre de services", "## Appel à projets", "Répondez avant le 12 mai 2024 !")
    assert found[0].value["closes_on"] == "2024-05-12"


def test_a_resource_says_its_department() -> None:
    found = items("Les ressources utiles", "## Une halle à Corte (2B)", "Un texte.")
    assert found[0].value["department"] == "2B"


def test_reads_windows_files() -> None:
    assert decode_letter("L’été – œuvre".encode("cp1252")) == "L’été – œuvre"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "vide"),
        (b"\xef\xbb\xbf \n", "vide"),
        (b"%PDF\x00\x01", "pas un texte"),
        (b"\x81\x8d", "encodage"),
        (b"a" * (MAX_BYTES + 1), "5 Mo"),
    ],
)
def test_refuses_what_is_not_a_text(content: bytes, reason: str) -> None:
    with pytest.raises(LetterUnreadable, match=reason):
        decode_letter(content)
