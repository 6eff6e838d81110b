"""What is told who asks for what there is not, word for word, of the second edition."""

import pandas as pd
import pytest

from analysis import Reading
from analysis.ask import ask, with_family
from analysis.backwards import marked
from analysis.classroom import judged
from analysis.clocks import story
from analysis.concordance import in_context
from analysis.copies import student_copy
from analysis.errors import AskError
from analysis.evidence import Evidence, count
from analysis.figures.certainty import ranges_chart
from analysis.figures.families import families_chart
from analysis.figures.speakers import who_speaks_chart
from analysis.lives import who_was_who
from analysis.measures import collocations, dispersion, keyness, term_counts, who_speaks
from analysis.page import Table
from analysis.presence import presence
from analysis.register import who_is_who
from analysis.voices import terms_of_others

SPEAKERS = "marten, holt, sayer, weir-elder, weir-younger, holt-sayer"
CHOICE = "after the table come conditions such as family=neutrality, then, if it is to be read otherwise, under opening=nobody."
DOUBTS = "doubt, sentence, speech, certainty, candidate, responsible, reason, layer, paragraph, start, speaker, standing."
READ = "this session is a reading already: give the session itself, and reading=…"
SAID = "s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12 and 8 more."
FIRST = "h1, h2, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10 and 10 more."
TABLES = "There are: sentences, words, speeches, doubts, mentions, terms, reported, abbreviations, notes, people, organisations, places and 15 more. Write session to see what each holds."
ALONE = "make it first, or give the name alone, and the file will lie beside the notebook"
ASKED = [
    # evidence
    (lambda s: Evidence.of("wods"), "no table of evidence is “wods”; the nearest: words. There are: sentences, words, speeches, mentions, terms, reported, abbreviations, doubts, notes, people, demands, framing and 12 more. A choice begins with one of these, as in “words speaker=…”; words of your own are asked with ask(session, …)."),
    (lambda s: Evidence.of("doubts", who="x"), f"no column of doubts is “who”. There are: {DOUBTS}"),
    (lambda s: count(s, "doubts", "who"), f"no column of doubts is “who”. There are: {DOUBTS}"),
    (lambda s: Evidence.of("terms", family=[]), "family= of terms names nothing: name a value, or leave it out"),
    (lambda s: Evidence.parse("words form"), f"“words form”: {CHOICE}"),
    (lambda s: Evidence.parse("words under"), "“words under”: after “under” comes a reading, as opening=nobody."),
    (lambda s: Evidence.parse("words form=a form=b"), "“words form=a form=b” names “form” twice; in the short form values of one column are parted by |."),
    (lambda s: Evidence.of("words").count(Reading(opening="nobody").of(s)), READ),
    (lambda s: Evidence.of("speeches", words="many").count(s), "speeches are counted by words: “many” is no number."),
    (lambda s: Evidence.of("words", speaker="martin").count(s), f"no speaker of words is “martin”; the nearest: marten. There are: {SPEAKERS}."),
    (lambda s: Evidence.of("terms", family="walll").count(s), "no family of terms is “walll”; the nearest: wall. There are: water, wall, rise, committee, rise (of the dam). They are the lexicon's, some with one sense apart in brackets; all by name: list(session.lexicon.families). A word that is no family is asked with ask(session, …), or python -m analysis ask."),
    (lambda s: Evidence.of("terms", sense="of").count(s), "no sense of terms is “of”; the nearest: of the water, of the dam. There are: of the water, of the dam. Senses are written in the lexicon."),
    # readings
    (lambda s: Reading(openin="nobody"), "no decision is “openin”; the nearest: opening. There are: words, apparatus, abbreviations, senses, places, reported, doubts, opening."),
    (lambda s: Reading(opening="nobdy"), "no option of “opening” is “nobdy”; the nearest: nobody. There are: inferred, confirmed, nobody."),
    (lambda s: Reading("nobody"), "a reading names each decision, as in Reading(opening=\"nobody\"), not 'nobody'"),
    (lambda s: Reading.parse("opening"), "“opening” is not a reading. Write each decision once, as in opening=nobody."),
    # measures
    (lambda s: who_speaks(s, unit="letters"), "no unit of speech is “letters”. There are: words, sentences, speeches."),
    (lambda s: collocations(s, least=0), "least= takes a whole number, 1 or more, not 0"),
    (lambda s: collocations(s, 3), "collocations takes, after the session, by name: least, reading; not 3"),
    (lambda s: dispersion(s, parts=147), "147 parts: a session of 146 words has 2 to 146."),
    (lambda s: presence(s, kind="place"), "no kind of presence is “place”. There are: person, organisation."),
    (lambda s: terms_of_others(s, reckoning="none aside"), "no reckoning is “none aside”; the nearest: direct aside, clauses aside, all aside. There are: direct aside, clauses aside, all aside, with framing."),
    (lambda s: story(s, first="s99"), f"no sentence is “s99”; the nearest: s9, s19. There are: {SAID}"),
    (lambda s: marked(s, "s99"), f"no sentence is “s99”; the nearest: s9, s19. There are: {FIRST}"),
    (lambda s: who_speaks(s, "words"), "who_speaks takes, after the session, by name: unit, reading; not 'words'"),
    (lambda s: term_counts(s, "speaker"), "term_counts takes, after the session, by name: by, reading; not 'speaker'"),
    (lambda s: term_counts(s, famly="wall"), "no column of terms is “famly”; the nearest: family. There are: family, form, written, layer, sentence, speech, speaker, start, paragraph, standing, sense."),
    (lambda s: keyness(s), "keyness needs speaker="),
    (lambda s: who_was_who(place="host"), "who_was_who takes a session first, as in who_was_who(session)"),
    (lambda s: who_was_who(s, place="host"), "who_was_who takes, after the session, places; not place="),
    (lambda s: who_is_who(s, "all"), "who_is_who takes, after the session, nothing; not 'all'"),
    # a question, a copy, a class
    (lambda s: ask(s, "wa*ll"), "“wa*ll” cannot be looked for: ask for words, as in “afraid, alarmed”, for a phrase, or for a beginning with a star behind it, as in “fear*”."),
    (lambda s: ask(s, ["wall", "dam"]), "words are asked for in one text, as in “afraid, alarmed”, not ['wall', 'dam']"),
    (lambda s: ask("wall"), "ask takes a session first, as in ask(session, …), not 'wall'"),
    (lambda s: ask(), "ask takes a session first, as in ask(session, …)"),
    (lambda s: ask(s), "ask needs question: ask(session, question)"),
    (lambda s: ask(s, "wall", "notes"), "ask takes, after the session, question; by name: layer, reading; not 'notes'. What is asked together stands in one pair of quotation marks: \"wall, notes\""),
    (lambda s: ask(s, "wall", 2), "ask takes, after the session, question; by name: layer, reading; not 2"),
    (lambda s: in_context(s, 5), "rows are chosen in one text, as in “words speaker=none”, not 5"),
    (lambda s: in_context(s, number=1), "in_context takes, after the session, evidence; not number="),
    (lambda s: ask(s, "wall", reading="nobody"), 'reading= takes a Reading, such as Reading(opening="nobody"), not \'nobody\''),
    (lambda s: ask(s, ","), "Nothing is asked for: name words, as in “afraid, alarmed” or “fear*”."),
    (lambda s: ask(s, "wall", layer="note"), "no layer is “note”; the nearest: notes. There are: archive, heading, session, notes, all."),
    (lambda s: ask(Reading(opening="nobody").of(s), "wall"), READ),
    (lambda s: with_family(s, "wall", "walls"), "the lexicon has a family “wall” already: choose another name."),
    (lambda s: student_copy(s, "margin"), "no layer is “margin”. There are: archive, heading, session, notes."),
    (lambda s: student_copy(s, "heading", last="h9"), "no sentence of the layer heading is “h9”. There are: h1, h2."),
    (lambda s: student_copy(s, first="s3", last="s2"), "s3 stands after s2: a copy runs from the first to the last"),
    (lambda s: judged(s, {"h1": "holt"}), f"no sentence of a speech is “h1”. There are: {SAID}"),
    (lambda s: judged(s, {"s1": "hol"}), f"no speaker is “hol”; the nearest: holt. There are: {SPEAKERS}, clerk, table, unknown."),
    # tables of the session
    (lambda s: s.word, f"no table is “word”; the nearest: words. {TABLES}"),
    (lambda s: s.with_speaker("places"), "'places' has no speakers; these have: sentences, words, speeches, doubts, mentions, terms, reported, abbreviations, senses, confirmations, demands, framing, voices, channels, dates, note_functions, reaches, hindsight, variants, variant_terms, certainties"),
    # charts and tables
    (lambda s: who_speaks_chart("x"), "who_speaks_chart takes a session first, as in who_speaks_chart(session), not 'x'"),
    (lambda s: who_speaks_chart(s, colour=1), "who_speaks_chart takes, after the session, by name: unit, reading; not colour="),
    (lambda s: who_speaks_chart(s, 1), "who_speaks_chart takes, after the session, by name: unit, reading; not 1"),
    (lambda s: ranges_chart(s), "ranges_chart needs results="),
    (lambda s: families_chart(s, families=["wal"]), "no family of terms is “wal”; the nearest: wall. There are: water, wall, rise, committee, rise (of the dam). They are the lexicon's, some with one sense apart in brackets; all by name: list(session.lexicon.families). A word that is no family is asked with ask(session, …), or python -m analysis ask."),
    (lambda s: Table(pd.DataFrame({"a": [1]})).save("a.xlsx"), "a table is saved as .csv, not as .xlsx"),
    (lambda s: who_speaks_chart(s).save("no/such/a.png"), f"there is no folder “no/such” for “a.png”: {ALONE}"),
    (lambda s: Table(pd.DataFrame({"a": [1]})).save("no/a.csv"), f"there is no folder “no” for “a.csv”: {ALONE}"),
    (lambda s: Table(pd.DataFrame({"a": [1]})).save("a"), "a table is saved as .csv, not as a file without an ending"),
]  # fmt: skip


@pytest.mark.parametrize("at", range(len(ASKED)))
def test_what_is_told(second, at):
    asked, told = ASKED[at]
    with pytest.raises(AskError) as error:
        asked(second)
    assert str(error.value) == told
