"""Text files in any encoding: read right, or asked about; never read as other letters without a word."""

from __future__ import annotations

import os
import pty
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from kam_xl.cli import cli
from kam_xl.content.settings import Template
from kam_xl.errors import DataError, DoubtError
from kam_xl.intake.encoding import guess, read_text
from kam_xl.intake.importer import read_data

NAMES = {
    ("cp1250", "iso8859-2"): (
        "Łódzkie Zakłady|Spółka Wrocław|Gdańsk Port|Żabka Polska|Kraków Hotele|Mięsne Wyroby|Piekarnia Jaś|"
        "Świętokrzyska Spółdzielnia|Źródło Sp. z o.o.|Częstochowa Tkaniny|Dąbrowa Górnicza|Śnieżka S.A.|Gołębiewski",
        "Plzeňský Prazdroj|Česká spořitelna|Řezníček s.r.o.|Třinecké železárny|Dvořák a syn|Brněnská pekárna|"
        "Žatecký chmel|Ústí nad Labem|Příbram|Jihočeské mlékárny|Kovář|Černý|Hradec Králové|Šťastný|Růžička|Děčín",
        "Győri Keksz|Szőlő Kft.|Kovács és Társa|Tűzoltó Bt.|Fűszér Zrt.|Debreceni Húsipar|Hódmezővásárhely|Pécs|Békés|"
        "Nagykőrösi Konzerv|Sűrített Levegő Kft.|Ózdi Acél|Szűcs|Műszer Automatika|Hűtőgép Nyrt.|Szabó",
    ),
    ("cp1250",): (
        "Bucureşti|Braşov|Constanţa|Timişoara|Iaşi|Dâmboviţa|Călăraşi|Mureş|Râmnicu|Galaţi",
        "Zagrebačka banka|Đuro Đaković|Požega|Šibenik|Čakovec|Kraš|Žito d.o.o.|Karlovačka pivovara",
    ),
    ("cp1254", "iso8859-9"): (
        "Şişecam|Türk Hava Yolları|İstanbul Gıda|Yıldız Holding|Koç Sanayi|Ağrı Çimento|Eczacıbaşı|Muğla Turizm|Tofaş|"
        "Doğuş Otomotiv|Güneş Sigorta A.Ş.|Işık Ltd. Şti.|Balıkesir Et|Diyarbakır|Kılıç Deniz|Gümüşhane|Uşak Halı",
    ),
    ("cp1252", "iso8859-15", "mac_roman", "cp850"): (
        "Müller & Söhne|Bäckerei Groß|Österreichische Post|Straßenbau Köln|Schröder GmbH|Übersee AG|Jäger KG|Weiß|"
        "Lübeck Hafen|Düsseldorf Messe|Größe|Fährhaus|Böhm|Süd-Chemie|Königsberg|Zürich Versicherung|Nürnberger",
        "Société Générale|Crédit Agricole|L'Oréal|Hôpital Saint-Étienne|Électricité|Château Margaux|Café de la Gare|"
        "Bâtiment Français|Nestlé|Rhône-Alpes|Forêt Noire|Pêcheries|Évian|Îles d'Or|Garçon SARL|Fenêtres Lefèvre",
    ),
    ("cp1252", "mac_roman"): (
        "España Telecom|Peñarol|Compañía del Niño|José García|Muñoz Hermanos|Cigüeña|Málaga Puerto|León|Año Nuevo",
        "Göteborg Hamn|Malmö Stål|Åkerö|Västerås|Östersund|Ångström AB|Sjöström|Skåne|Märta|Jönköping",
    ),
    ("cp1252",): (
        "Rødovre|Ærø Færge|Københavns|Sønderjylland|Mærsk|Bjørn ApS|Næstved|Tårnby|Køge",
        "São Paulo|Conceição|Irmãos|João|Coração|Construções|Três Pontas|Açúcar|Maranhão|Fundação",
    ),
    ("cp1251", "koi8-r"): ("ООО Ромашка|Газпром|Московский завод|Сбербанк|Балтика|Северсталь|Ижевск|Уралмаш|Лукойл",),
    ("cp1253", "iso8859-7"): ("Ελλάδα|Αθήνα|Θεσσαλονίκη|Εταιρεία|Πειραιώς|Ηράκλειο|Τράπεζα|Ολύμπια|Κρήτη|Πάτρα",),
}  # fmt: skip


def samples(encoding: str | None = None) -> Iterator[tuple[str, int, str, bytes]]:
    """Encoding, number of names, text and bytes of short files."""
    draw = random.Random(13)
    for encodings, languages in NAMES.items():
        for used in encodings:
            for language in languages:
                names = language.split("|")
                for count in (1, 2, 3, 5, 8) * 4:
                    rows = "".join(f"{name};{draw.randint(1, 9999)},5\n" for name in draw.sample(names, count))
                    text = f"Account;2025\n{rows}"
                    if encoding in (None, used) and not text.isascii():
                        yield used, count, text, text.encode(used)


ENCODINGS = sorted({encoding for encodings in NAMES for encoding in encodings})


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_no_short_file_is_read_as_other_letters_without_a_question(encoding: str) -> None:
    found = [(text, guess(content), content) for _used, _count, text, content in samples(encoding)]
    wrong = [
        (text, readings)
        for text, readings, content in found
        if len(readings) == 1 and content.decode(readings[0].encoding) != text
    ]
    assert not wrong
    assert len(found) >= 20


def test_most_short_files_are_read_without_a_question() -> None:
    sure: dict[int, list[bool]] = {}
    for _encoding, count, _text, content in samples():
        sure.setdefault(count, []).append(len(guess(content)) == 1)
    shares = {count: sum(found) / len(found) for count, found in sure.items()}
    assert shares[1] > 0.5
    assert shares[3] > 0.85
    assert shares[8] > 0.95


def test_names_of_several_countries_in_one_file_are_read() -> None:
    text = "Müller & Söhne;Łódzkie Zakłady;Česká spořitelna;Szőlő Kft.;Żabka Polska;Třinecké železárny;Weiß|"
    (reading,) = guess(text.encode("cp1250"))
    assert reading.encoding == "cp1250"


def test_a_long_file_is_looked_at_in_part_but_every_letter_counts() -> None:
    rows = "".join(f"Müller {n};1\n" for n in range(20_000)) + "Łódzkie Zakłady;1\nŻabka Świętokrzyska;2\n"
    (reading,) = guess(rows.encode("cp1250"))
    assert rows.encode("cp1250").decode(reading.encoding) == rows


# ---- what is told, and asked -----------------------------------------------------------------------------------

POLISH = "Account;2025\nŁódzkie Zakłady;1\nŻabka Polska;2\nŚwiętokrzyska Spółdzielnia;5\n"
TOLD = "Read as Windows-1250, as in “Świętokrzyska”; if names look wrong, name another encoding with --encoding."


def test_a_guess_is_told_with_a_word(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(POLISH.encode("cp1250"))
    tables = read_data(tmp_path / "in.csv", Template())
    assert [row["account"] for row in tables.accounts] == [
        "Łódzkie Zakłady", "Żabka Polska", "Świętokrzyska Spółdzielnia",
    ]  # fmt: skip
    assert tables.remarks == [TOLD]


def test_a_guess_is_told_with_a_mistake_in_the_headings_too(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(POLISH.replace("Account", "Zakład").encode("cp1250"))
    with pytest.raises(DataError, match="Read as Windows-1250"):
        read_data(tmp_path / "in.csv", Template())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_what_the_file_says_itself_is_not_told(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "in.csv").write_bytes(POLISH.encode(encoding))
    tables = read_data(tmp_path / "in.csv", Template())
    assert tables.accounts[0]["account"] == "Łódzkie Zakłady"
    assert not tables.remarks


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0\0\xfe\xff"])
def test_a_file_with_a_mark_and_damage_names_its_line(tmp_path: Path, mark: bytes) -> None:
    encoding = {2: "utf-16", 4: "utf-32"}[len(mark)] + ("-le" if mark.startswith(b"\xff") else "-be")
    content = mark + "Account;2025\nA;1\n".encode(encoding) + b"\0"
    with pytest.raises(DataError, match=r"in.csv, line \d+: a letter is damaged"):
        read_text(tmp_path / "in.csv", content)


def test_one_damaged_letter_makes_no_other_encoding_of_utf8(tmp_path: Path) -> None:
    content = POLISH.encode().replace("Ś".encode(), b"\xc5")
    with pytest.raises(DataError, match=r"in.csv, line 4: a letter is damaged \(utf-8\)"):
        read_text(tmp_path / "in.csv", content)


TIE = "Account;2025\nKőszeg;1\n".encode("cp1250")


def test_a_tie_is_a_question_with_both_readings(tmp_path: Path) -> None:
    with pytest.raises(DoubtError) as caught:
        read_text(tmp_path / "in.csv", TIE)
    assert {value for value, _word in caught.value.choices} >= {"cp1250", "cp1252"}
    assert {"Kőszeg", "Kõszeg"} <= {word for _value, word in caught.value.choices}
    assert caught.value.option == "--encoding"
    assert "\n" not in str(caught.value)


def test_without_a_terminal_a_tie_stops_with_the_options_that_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_bytes(TIE)
    result = CliRunner().invoke(cli, ["new", "out.xlsx", "--data", "in.csv"], prog_name="kam-xl")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (4, "", 1)
    assert "or say which with --encoding cp125" in result.stderr
    assert not Path("out.xlsx").exists()
    answered = CliRunner().invoke(cli, ["new", "out.xlsx", "--data", "in.csv", "--encoding", "cp1250"])
    assert answered.exit_code == 0, answered.output
    assert "Read as" not in answered.output


def test_at_a_terminal_a_tie_is_asked(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(TIE)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kam_xl", "new", "out.xlsx", "--data", "in.csv"],
        cwd=tmp_path,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    os.close(theirs)
    shown = b""
    while b"Which is right?" not in shown:
        shown += os.read(ours, 1000)
    number = next(line for line in shown.decode().splitlines() if "--encoding cp1250)" in line).split()[0]
    os.write(ours, f"{number}\n".encode())
    out, _error = process.communicate(timeout=120)
    os.close(ours)
    assert process.returncode == 0, out
    assert read_names(tmp_path / "out.xlsx") == ["Kőszeg"]


def read_names(file: Path) -> list[object]:
    from kam_xl.intake.reader import read_workbook

    return [row["account"] for row in read_workbook(file).tables.accounts]


@pytest.mark.parametrize("name", ["nonsense", "base64", "rot13", "undefined", "", "ütf"])
def test_an_encoding_that_does_not_exist_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match=f"--encoding: there is none called “{name}”"):
        read_text(tmp_path / "in.csv", TIE, name)


def test_an_encoding_that_is_not_the_files_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"in.csv, line 2: is not written in utf-8; name another with --encoding"):
        read_text(tmp_path / "in.csv", TIE, "utf-8")


@pytest.mark.parametrize("encoding", ["gb18030", "shift_jis", "euc-kr"])
def test_encodings_that_are_not_known_are_read_when_they_are_named(tmp_path: Path, encoding: str) -> None:
    text = {"gb18030": "北京汽车集团", "shift_jis": "トヨタ自動車株式会社", "euc-kr": "현대자동차"}[encoding]
    content = f"Account;2025\n{text};1\n".encode(encoding)
    with pytest.raises(DataError, match="with --encoding"):
        read_text(tmp_path / "in.csv", content)
    assert text in read_text(tmp_path / "in.csv", content, encoding)[0]


@pytest.mark.parametrize("length", [60, 64, 200, 5_000])
def test_a_very_long_word_is_looked_at_in_pieces(tmp_path: Path, length: int) -> None:
    text = "Account;2025\nMünchner Bäckerei;5\n" + "x" * length + "ü" + "y" * length + ";6\n"
    path = tmp_path / "long.csv"
    path.write_bytes(text.encode("cp1252"))
    assert read_text(path, path.read_bytes())[0] == text
