"""What 'verify' finds, and what it does not."""

import pytest
from conftest import plan_folder

from plan_explorer.evidence.verification import Verifier, verify_statements
from plan_explorer.evidence.words import (
    Words,
    acronyms,
    denies,
    negations,
    plain,
    plain_number,
    quotations,
    squeeze,
    tells_silence,
)
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.model.statements import Statement

CHECKED = load_plan(plan_folder("river"))
PLAN = CHECKED.plan
VERIFIER = Verifier(PLAN, CHECKED.texts)


def hold(text: str, entry: str = "clean-river", **fields):
    """Return the verdict on a statement with *text* about *entry*."""
    statement = Statement.model_validate({"text": text, **fields}, context={"primary": "charter"})
    return VERIFIER.verdict(PLAN.said[entry][0]._replace(statement=statement))


def test_the_plan_at_hand_is_found():
    verdicts = verify_statements(PLAN, CHECKED.texts)
    assert {each.finding for each in verdicts if each.cites[0].source == "charter"} == {"found"}


@pytest.mark.parametrize(
    "text",
    [
        "The river brings soil to the sea. [@charter p1.1]",
        "In 2023, 40 tonnes were measured. [@charter p1.2]",
        "Alders are to be planted on thirty kilometers of bank. [@charter p3.1]",
        "The county is planting trees until 2030. [@charter p3.1]",
        "Ada Moss calls a river that has no trees a ditch. [@charter p2.1]",
        "Two thirds are the county's part. [@charter p5.1]",
        "Three things are reported each spring. [@charter p4.1]",
        "Section 2 asks for alders. [@charter p3.1]",
        "The river board has to publicise its figures. [@charter p4.2]",
        '"Nobody had measured it" before. [@charter p1.3]',
    ],
)
def test_own_words_for_the_same_thing_are_found(text):
    verdict = hold(text)
    assert (verdict.finding, verdict.why) == ("found", "")


@pytest.mark.parametrize(
    "opening",
    [
        *("Whoever owns a bank:", "Whatever it costs,", "Although it is dear,", "Everybody agrees:"),
        *("First,", "Secondly,", "Additionally,", "Considerably later,"),
        *(
            "Residents and",
            "Schools and",
            "Planting helps:",
            "Water matters:",
            "Money aside,",
            "Tourists and",
        ),
    ],
)
def test_an_ordinary_word_in_front_is_no_name(opening):
    verdict = hold(f"{opening} the county plants alders. [@charter p3.1]")
    assert (verdict.finding, verdict.why) == ("found", "")


@pytest.mark.parametrize(
    ("opening", "why"),
    [
        *((f"{name} and", f"the name {name} is not there") for name in ("Russia", "Italy", "Beijing")),
        ("Whoever Ben Moss is,", "the name Ben is not there"),
        ("Monday comes:", "Monday is not there"),
        ("October comes:", "October is not there"),
    ],
)
def test_a_name_in_front_is_one(opening, why):
    assert hold(f"{opening} the county plants alders. [@charter p3.1]").why == why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The county measured 41 tonnes of soil. [@charter p1.2]", "the number 41 is not there"),
        ("The county will plant alders by 2031. [@charter p3.1]", "the number 2031 is not there"),
        ("Farmers are paid 2,000 crowns a year. [@charter p3.2]", "the number 2,000 is not there"),
        ("Seventeen farmers leave a strip unploughed. [@charter p3.2]", "the number Seventeen is not there"),
        ("Farmers leave a strip for two years. [@charter p3.2]", "the number two is not there"),
        ("Farmers are paid two million crowns. [@charter p3.2]", "the number two is not there"),
        ("Farmers are paid 5 % more for a strip. [@charter p3.2]", "the number % is not there"),
        (
            "Twelve towns pay the rest. [@charter p5.1]",
            "the number Twelve is not there, and fewer things are listed",
        ),
        ("The county plants alders for UNESCO. [@charter p3.1]", "UNESCO is not there"),
        (
            "The board reports to the Ministry of Ferries. [@charter p4.1]",
            "the name Ministry is not there",
        ),
        ("Mayor Ben Moss calls it a ditch. [@charter p2.1]", "the name Ben is not there"),
        ('The river is called "a mere gutter". [@charter p2.1]', "“a mere gutter” is not quoted from there"),
        ("Bees make honey. [@charter p3.1]", "no word is shared"),
        ("Russia and the county plant alders. [@charter p3.1]", "the name Russia is not there"),
        ("Farmers are paid 200 dollars a year. [@charter p3.2]", "200 dollar is not there"),
        ("Farmers are paid $200 a year. [@charter p3.2]", "200 dollar is not there"),
        ("The county measured 40 kilograms of soil. [@charter p1.2]", "40 kilogram is not there"),
        ("A dozen alders grow on the bank. [@charter p3.1]", "the number dozen is not there"),
        ("Half of the alders are planted. [@charter p3.1]", "the number Half is not there"),
        ("Thousands of alders are planted. [@charter p3.1]", "the number Thousands is not there"),
        ("The river is called ‘a mere gutter’. [@charter p2.1]", "“a mere gutter” is not quoted from there"),
        ("The river is « a mere gutter ». [@charter p2.1]", "“a mere gutter” is not quoted from there"),
    ],
)
def test_what_is_invented_is_absent(text, why):
    verdict = hold(text)
    assert (verdict.finding, verdict.why) == ("absent", why)


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("The board reports each spring on soil, fish and trees. [@charter p4.2]", "charter p4.1"),
        ("Money left over goes to the ferry. [@charter p5.2]", "charter p5.3"),
        ("The fishers have lost half of their catch. [@charter p2.1]", "charter p2.2"),
    ],
)
def test_a_sentence_that_fits_clearly_better_is_named(text, better):
    verdict = hold(text)
    assert verdict.finding in ("weak", "absent")
    assert verdict.better == better


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "The county will not plant alders. [@charter p3.1]",
            "the statement denies, and what it cites does not",
        ),
        (
            "A new weir may be built above the old mill. [@charter p3.3]",
            "what it cites denies: “new weir may be …”",
        ),
        ("Above the mill a weir may be built. [@charter p3.3]", "what it cites denies: “new weir may be …”"),
        (
            "The county hardly plants alders. [@charter p3.1]",
            "the statement denies, and what it cites does not",
        ),
    ],
)
def test_a_denial_on_one_side_only_is_weak(text, why):
    verdict = hold(text)
    assert (verdict.finding, verdict.why) == ("weak", why)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The year 2023 is not named for the county. [@charter p1.2]", "the number 2023 is there"),
        ("No year is given. [@charter p1.2]", "“2023” is there"),
        ("No place and no figure is named. [@charter p3.1]", "“30” is there"),
        ("No sum of money is set. [@charter p3.2]", "“crowns” is there"),
        ("Ada Moss is not named. [@charter p2.1]", "Ada Moss is named there"),
        (
            "It is not said that the county plants alders on the bank. [@charter p3.1]",
            "what it says is not said is there",
        ),
    ],
)
def test_a_silence_must_not_name_what_is_there(text, why):
    verdict = hold(text, status="silence")
    assert (verdict.finding, verdict.why) == ("weak", why)


@pytest.mark.parametrize(
    "text",
    [
        "No depth of the river is given. [@charter p1.1]",
        "Neither a date nor a sum is named for the figures. [@charter p4.2]",
        "The ferry and its owner are not named. [@charter p1.1]",
    ],
)
def test_an_honest_silence_is_found(text):
    assert hold(text, status="silence").finding == "found"


def test_what_is_not_said_is_a_silence_and_not_stated():
    verdict = hold("The charter does not say that alders are planted. [@charter p3.1]")
    assert (verdict.finding, verdict.why) == (
        "weak",
        "it says what is left unsaid: write 'status: silence'",
    )


def test_a_reason_is_held_against_the_whole_source():
    said = {"text": "The county acts on its own. [@charter p3.1]", "status": "inferred"}
    assert hold(**said, reason="The towns are named only in the last part.").finding == "found"
    verdict = hold(**said, reason="It was handed over in 2031.")
    assert (verdict.finding, verdict.why) == ("absent", "in the reason, the number 2031 is not there")


def test_a_note_on_the_wording_is_held_by_what_it_quotes():
    assert hold('"Strip" means a margin. [@charter p3.2]', status="wording").finding == "found"
    assert hold('"Margin" is a loan word. [@charter p3.2]', status="wording").finding == "absent"
    invented = hold('"Strip" means a margin since 2031. [@charter p3.2]', status="wording")
    assert (invented.finding, invented.why) == ("absent", "the number 2031 is not there")
    invented = hold('"Strip" means "a wall of gold". [@charter p3.2]', status="wording")
    assert (invented.finding, invented.why) == ("absent", "“a wall of gold” is not quoted from there")


def test_a_dispute_is_held_with_its_sides():
    sides = [{"text": "One says 40 tonnes. [@charter p1.2]"}, {"text": "One says 90 tonnes. [@charter p1.2]"}]
    verdict = hold("How much soil there was differs.", status="disputed", sides=sides)
    assert verdict.why == "the number 90 is not there"


def test_another_language_and_a_text_that_is_missing_are_unknown():
    assert (
        hold("The notice asks for alders. [@notice p1.1]").why == "the text is in another language: zh-Hans"
    )
    year = hold("Alders are planted by 2031. [@notice p1.1]")
    assert (year.finding, year.why) == ("absent", "the year 2031 is not there")
    nothing = Verifier(PLAN, {})
    verdict = nothing.verdict(PLAN.said["clean-river"][0])
    assert (verdict.finding, verdict.why) == ("unknown", "the text is not at hand")


def test_chinese_statements_are_held_against_chinese_text():
    language = PLAN.settings.model_copy(update={"languages": {"zh-Hans": PLAN.settings.languages["zh-Hans"]}})
    plan = type(PLAN)(language, PLAN.entries)
    verifier = Verifier(plan, CHECKED.texts)
    ref = plan.said["clean-river"][0]

    def verdict(text):
        return verifier.verdict(ref._replace(statement=Statement.model_validate({"text": text})))

    assert verdict("农民留草带可得补助。 [@notice p1.2]").finding == "found"
    assert verdict("水务局公布泥沙数据。 [@notice p1.2]").better == "notice p2.1"
    assert verdict("农民每年得300克朗。 [@notice p1.2]").why == "the number 300 is not there"
    assert verdict("县长说河是“一条大沟”。 [@notice p2.2]").why == "“一条大沟” is not quoted from there"


COUNTY = load_plan(plan_folder("qinghe"))
COUNTY_VERIFIER = Verifier(COUNTY.plan, COUNTY.texts)


def hold_chinese(text: str, **fields):
    """Return the verdict on a statement with *text* in the plan that is in Chinese."""
    statement = Statement.model_validate({"text": text, **fields}, context={"primary": "fangan"})
    return COUNTY_VERIFIER.verdict(COUNTY.plan.said["zijin"][0]._replace(statement=statement))


@pytest.mark.parametrize(
    "text",
    [
        "专项资金共12000万元。[@fangan p6.1]",
        "专项资金共120,000,000元。[@fangan p6.1]",
        "藏书有38 万册。[@fangan p1.3]",
        "综合阅读率要达到90%。[@fangan p2.1]",
        "村民们要的是‘有书读’。[@fangan p2.2]",
        "规划叫做《青禾县“十五五”公共文化规划》。[@fangan p1.1]",
        "上线的是 5G 阅读平台和 AI 荐书。[@fangan p4.2]",
        "方案第4段说，平台不可以要人脸信息。[@fangan p4.4]",
        "连续两年未完成目标的乡镇会被约谈。[@fangan p8.2]",
    ],
)
def test_the_same_thing_in_other_chinese_words_is_found(text):
    verdict = hold_chinese(text)
    assert (verdict.finding, verdict.why) == ("found", "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("藏书有38册。[@fangan p1.3]", "the number 38 is not there"),
        ("专项资金共12亿元。[@fangan p6.1]", "the number 12亿 is not there"),
        ("上线的是6G阅读平台。[@fangan p4.2]", "6G is not there"),
        ("分馆开通VR荐书。[@fangan p4.2]", "VR is not there"),
        ("村民们要的是‘有书看’。[@fangan p2.2]", "“有书看” is not quoted from there"),
        ("规划叫做《青禾县文化规划》。[@fangan p1.1]", "“青禾县文化规划” is not quoted from there"),
        ("平台要求读者提供人脸信息。[@fangan p4.4]", "what it cites denies: “要求读者提供 …”"),
        ("没有说明资金的期限。[@fangan p6.1]", "it says what is left unsaid: write 'status: silence'"),
    ],
)
def test_what_is_invented_in_chinese_is_noticed(text, why):
    verdict = hold_chinese(text)
    assert verdict.finding in ("weak", "absent")
    assert verdict.why == why


def test_a_chinese_silence_must_not_name_what_is_there():
    def silence(text):
        return hold_chinese(text, status="silence").why

    assert silence("没有写明日期。[@fangan p4.2]") == "“2026” is there"
    assert silence("资金的金额未列明。[@fangan p6.1]") == "“元” is there"
    assert silence("没有写明借书、还书的日期。[@fangan p4.3]") == ""


# --- words


def test_stems_are_the_same_however_a_word_is_written():
    words = Words("en-GB")
    assert words.stems("organisations") == words.stems("organize")
    assert words.stems("departmental") == words.stems("departments")
    assert words.stems("The seven towns' banks") == words.stems("7 towns and a bank")
    assert Words("fr").stems("protégeaient les rivières") == Words("fr").stems("protéger la rivière")
    assert Words("zh-Hans").stems("保护河流") == ["保护", "护河", "河流"]


def test_numbers_are_the_same_however_they_are_written():
    assert [plain_number(each) for each in ("1,000", "1.000", "1000", "2.5", "2,5", "007")] == [
        *("1000", "1000", "1000", "2.5", "2.5", "7")
    ]
    words = Words()
    assert words.numbers("The 20th of 1,200 for thirty years, 5G") == {
        "20": "20",
        "1200": "1,200",
        "30": "thirty",
    }
    assert [count.number for count in words.counts("Four arguments in two years")] == ["4"]
    chinese = Words("zh-Hans").numbers("1.2亿元、12000万元、３千万册、3千克、九万；1,500万")
    assert chinese == {"120000000": "12000万", "30000000": "3千万", "3": "3", "15000000": "1,500万"}


def test_thousands_are_parted_by_blanks_where_a_language_does_so():
    assert Words("fr").numbers("En 2026, 1\u202f250 ha et 4,5 %, sur 12 300 000") == {
        "2026": "2026",
        "1250": "1250",
        "4.5": "4,5",
        "12300000": "12300000",
        "percent": "%",
    }
    assert Words("fr").stems("1 250 ha") == Words("fr").stems("1250 ha")
    assert set(Words("en").numbers("In section 4 120 trees")) == {"4", "120"}


def test_words_of_french_are_compared_without_what_is_elided():
    words = Words("fr")
    assert words.stems("L’eau n’est pas dans l’étang, qu’elle a quitté") == words.stems("Eau, étang, quitté")
    assert words.stems("la mer et le sol") == ["mer", "sol"]
    assert words.stems("pour les communes") == words.stems("communes")
    assert words.names("Selon l’Observatoire d’Orvaine, la mer monte.") == ["Observatoire", "Orvaine"]


def test_a_text_of_french_denies_only_by_words_of_french():
    assert not denies("Une commune unit ses quartiers.", "fr")
    assert denies("Aucune construction n’est permise.", "fr")
    assert denies("Ni les ports ni les îlots", "fr")
    assert negations("Il ne suffit pas seulement de planter, sans doute.") == []


def test_a_plan_in_french_is_held_against_its_sentences():
    checked = load_plan(plan_folder("rivage"))
    verifier = Verifier(checked.plan, checked.texts)

    def held(text: str) -> tuple[str, str]:
        statement = Statement.model_validate({"text": text}, context={"primary": "plan"})
        verdict = verifier.verdict(checked.plan.said["marees"][0]._replace(statement=statement))
        return verdict.finding, verdict.why

    assert held("Au moins 1800 ha de prés salés. [@plan p4.1]") == ("found", "")
    assert held("Au moins 1 900 ha de prés salés. [@plan p4.1]") == ("absent", "the number 1900 is not there")
    assert held("Soit 4,5 % du littoral. [@plan p1.2]") == ("found", "")
    assert held("Soit 5,4 % du littoral. [@plan p1.2]") == ("absent", "the number 5,4 is not there")
    assert held("Les relevés sont ceux de l’Ifrane. [@plan p6.1]")[0] == "absent"
    assert held("« La mer n’attend pas » [@plan p1.3]")[0] == "absent"
    assert held("Une construction nouvelle est permise près du trait de côte. [@plan p3.1]")[0] == "weak"
    assert held("Dans toute la région, c’est pour cette fois. [@plan p4.2]") == (
        "absent",
        "no word is shared",
    )


def test_names_acronyms_quotations_and_denials():
    assert Words().names("The Water Board of Ense met. It is. Trees grow for Ada.") == [
        *("Water", "Board", "Ense", "Ada")
    ]
    assert acronyms("IPv6, 5G, the EU and NDRC; A river") == ["IPv6", "5G", "EU", "NDRC"]
    assert quotations("He said “one … two” and 《三》.") == ["one", "two", "三"]
    assert negations("It is not new, not only old.") == ["new, old."]
    assert negations("No tree without roots") == []
    assert negations("平台不得向读者收取费用，没有借书证也可以来。") == ["向读者收取费", "借书证也可以"]
    assert negations("不能没有书屋") == []
    assert acronyms("用5G和AI荐书，EU를") == ["5G", "AI", "EU"]
    assert quotations("才叫‘有书读’；it's “two”") == ["有书读", "two"]
    assert tells_silence("Who pays is not said.")
    assert not tells_silence("It is not paid.")


# --- Arabic


OASES = load_plan(plan_folder("wahat"))
OASES_VERIFIER = Verifier(OASES.plan, OASES.texts)


def hold_arabic(text: str):
    """Return the verdict on a statement with *text* about a goal of the oases."""
    statement = Statement.model_validate({"text": text}, context={"primary": "khitta"})
    return OASES_VERIFIER.verdict(OASES.plan.said["less-pumping"][0]._replace(statement=statement))


@pytest.mark.parametrize(
    "text",
    [
        "يُسحب في 2030 من المياه الجوفية 90 مليون متر مكعب على الأكثر. [@khitta p2.1]",
        "يحلّ الري بالتنقيط محلّ الغمر في 60 في المئة من بساتين النخيل. [@khitta p3.1]",
        "تُغرس 200,000 فسيلة في خمس سنوات. [@khitta p4.1]",
        "قالت رئيسة الهيئة: «المـاء الذي لا نقيسُه نخسرُه». [@khitta p6.3]",
    ],
)
def test_arabic_is_found_in_digits_vowels_and_lines_of_either_kind(text):
    verdict = hold_arabic(text)
    assert (verdict.finding, verdict.why) == ("found", "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("يُسحب في 2031 من المياه الجوفية أقل. [@khitta p2.1]", "the number 2031 is not there"),
        ("يُسحب في ٢٠٣١ من المياه الجوفية أقل. [@khitta p2.1]", "the number 2031 is not there"),
        ("تُغرس ٢٠٬٠٠٠ فسيلة في خمس سنوات. [@khitta p4.1]", "the number 20,000 is not there"),
        ("يُروى 60٪ من الفسائل. [@khitta p4.1]", "the number 60 is not there"),
        ("لا تُغرس فسيلة كل عام. [@khitta p4.1]", "the statement denies, and what it cites does not"),
        ("قالت رئيسة الهيئة: «الماء حياة». [@khitta p6.3]", "“الماء حياة” is not quoted from there"),
    ],
)
def test_what_arabic_does_not_say_is_noticed(text, why):
    assert hold_arabic(text).why == why


def test_digits_of_any_script_are_compared_as_european_ones():
    assert plain("٢٠٠٬٠٠٠ و١٢٫٥٪ و۲۰۳۰ و२०३०") == "200,000 و12.5% و2030 و2030"
    assert squeeze("الــماءُ") == "الماء"
