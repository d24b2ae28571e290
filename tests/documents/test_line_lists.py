"""The lists beside a plan: which lines count, and how a damaged one is told."""

from plan_explorer.documents.line_lists import damaged_line, read_lines


def test_blank_lines_and_comments_are_passed_over_but_counted():
    assert list(read_lines("# a list\n\none 1\n \ntwo 2\n")) == [(3, "one 1"), (5, "two 2")]


def test_a_damaged_line_is_shown_with_its_place_and_what_writes_it():
    problem = damaged_line("this line is none", "plan/list.txt", 3, "one 1 ", "publish")
    assert (problem.code, str(problem.location)) == ("bad-ledger", "plan/list.txt:3:1")
    assert (problem.message, problem.hint) == (
        "this line is none",
        "restore the file; 'plan-explorer publish' writes it",
    )
    assert (problem.excerpt, problem.width) == ("one 1", 6)
