using System.Data;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ReportScheduler.Tests.Exports.Csv;

public sealed class CsvWriterTests : IDisposable
{
    private readonly ExportFolder folder = new();

    public static TheoryData<object, string> Fields => new()
    {
        // RFC 4180: separators, quotes and line breaks stand in quotes, quotes are doubled
        { "plain", "plain" },
        { "a,b", "\"a,b\"" },
        { "say \"hi\"", "\"say \"\"hi\"\"\"" },
        { "two\nlines", "\"two\nlines\"" },
        { "two\r\nlines", "\"two\r\nlines\"" },
        { " spaces ", " spaces " },
        { "Zoë 日本語 🙂", "Zoë 日本語 🙂" },
        // NULL is not the empty text
        { DBNull.Value, "" },
        { "", "\"\"" },
        // text that a spreadsheet would run
        { "=1+1", "'=1+1" },
        { "=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"" },
        { "+49 170 1234", "'+49 170 1234" },
        { "-2+3+cmd|' /C calc'!A0", "\"'-2+3+cmd|' /C calc'!A0\"" },
        { "@SUM(1)", "'@SUM(1)" },
        // also behind what another reader takes for a separator, or drops
        { "\t=1", "\"\t'=1\"" },
        { "\0=1+1", "\"\0'=1+1\"" },
        { "a;=1+1", "\"a;'=1+1\"" },
        { "a\t=1+1", "\"a\t'=1+1\"" },
        { "a|@SUM(1)", "\"a|'@SUM(1)\"" },
        { "a,\"=1+1", "\"a,'\"\"=1+1\"" },
        { "a\r\n=1+1;b; +2+cmd", "\"a\r\n'=1+1;b;' +2+cmd\"" },
        { "\uFEFF=1+1", "'\uFEFF=1+1" },
        { " \u00A0=1+1", "' \u00A0=1+1" },
        // in quotes, as some reader would split it
        { "a;b", "\"a;b\"" },
        { "a\tb", "\"a\tb\"" },
        { "a\u0001b", "\"a\u0001b\"" },
        // no formula
        { "-", "-" },
        { " - ", " - " },
        { "a;-;b", "\"a;-;b\"" },
        { "a;-5;-1.5%", "\"a;-5;-1.5%\"" },
        { "\"=1+1\"", "\"\"\"=1+1\"\"\"" },
        { "a=b", "a=b" },
        { "＝1+1", "'＝1+1" },
        { "[1,2,-3]", "\"[1,2,-3]\"" },
        { "[[-1, -2], [3, -4.5e3]]", "\"[[-1, -2], [3, -4.5e3]]\"" },
        { "{1,-2}", "\"{1,-2}\"" },
        { "(1;-2)", "\"(1;-2)\"" },
        // but one in a list is
        { "[1,-2+3]", "\"[1,'-2+3]\"" },
        { "[1,-2],=1+1", "\"[1,-2],'=1+1\"" },
        { "[1,=2]", "\"[1,'=2]\"" },
        { "[1,@A(1)]", "\"[1,'@A(1)]\"" },
        // text that is a number is none, nor is a number
        { "-12.5", "-12.5" },
        { "00042", "00042" },
        { -5L, "-5" },
        { -12.50m, "-12.50" },
        { double.NegativeInfinity, "-Infinity" },
        // all digits
        { "12345678901234567890", "12345678901234567890" },
        { long.MaxValue, "9223372036854775807" },
        { ulong.MaxValue, "18446744073709551615" },
        { 79228162514264337593543950335m, "79228162514264337593543950335" },
        { 0.1 + 0.2, "0.30000000000000004" },
        { 0.1f, "0.1" },
        // the other kinds
        { true, "true" },
        { new DateTime(2026, 3, 1, 13, 5, 7), "2026-03-01 13:05:07" },
        { new DateTime(2026, 3, 1, 13, 5, 7).AddTicks(1234500), "2026-03-01 13:05:07.12345" },
        { new DateOnly(2026, 3, 1), "2026-03-01" },
        { new DateOnly(1, 1, 1), "0001-01-01" },
        { new DateTimeOffset(2026, 3, 1, 13, 5, 7, TimeSpan.FromHours(5.5)), "2026-03-01 13:05:07+05:30" },
        { new TimeOnly(9, 30), "09:30:00" },
        { new TimeSpan(-30, -15, 0), "-30:15:00" },
        { Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"), "6f9619ff-8b86-d011-b42d-00c04fc964ff" },
        { new byte[] { 0xDE, 0xAD }, "0xDEAD" },
        { new[] { 1, 2 }, "\"[1,2]\"" },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_value_is_written_as(object value, string field)
    {
        var text = Export(ExportFolder.Task(ReportFormat.Csv), One(value));
        Assert.Equal($"a,b\r\n{field},end\r\n", text);
    }

    [Theory]
    [InlineData("de-DE", ';', "a;b\r\n1234,5;end\r\n")]
    [InlineData("de-DE", ',', "a,b\r\n\"1234,5\",end\r\n")]
    [InlineData("en-US", '\t', "a\tb\r\n1234.5\tend\r\n")]
    // without one the culture's own
    [InlineData("de-DE", null, "a;b\r\n1234,5;end\r\n")]
    [InlineData("fr-FR", null, "a;b\r\n1234,5;end\r\n")]
    [InlineData("en-US", null, "a,b\r\n1234.5,end\r\n")]
    [InlineData("", null, "a,b\r\n1234.5,end\r\n")]
    public void Culture_and_delimiter_are_the_tasks(string culture, char? delimiter, string expected)
    {
        var task = ExportFolder.Task(ReportFormat.Csv);
        task.Culture = culture;
        task.Delimiter = delimiter;
        Assert.Equal(expected, Export(task, One(1234.5m)));
    }

    public static TheoryData<string, object, string> Digits => new()
    {
        { "de-DE", new DateTime(2026, 3, 1, 9, 0, 0).AddMilliseconds(120), "01.03.2026 09:00:00,12" },
        { "de-DE", new DateTime(2026, 3, 1, 9, 0, 0).AddTicks(1234567), "01.03.2026 09:00:00,1234567" },
        { "de-DE", new DateTime(2026, 3, 1, 9, 0, 0), "01.03.2026 09:00:00" },
        { "en-GB", new DateTime(2026, 3, 1, 9, 0, 0).AddMilliseconds(120), "01/03/2026 09:00:00.12" },
        { "fr-FR", new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.FromHours(2)).AddMilliseconds(120), "01/03/2026 09:00:00,12 +02:00" },
        { "de-DE", new TimeSpan(0, 9, 0, 0, 120), "09:00:00,12" },
        { "en-GB", new TimeSpan(0, 9, 0, 0, 120), "09:00:00.12" },
        { "de-CH", new TimeSpan(0, -9, 0, 0, -120), "-09:00:00.12" },
        { "fr-FR", new TimeSpan(31, 5, 9), "31:05:09" },
        // a plain space before AM and PM: no spreadsheet reads the narrow one of the culture as a time
        { "en-US", new DateTime(2026, 3, 1, 21, 0, 0), "3/1/2026 9:00:00 PM" },
        { "en-US", new DateTime(2026, 3, 1, 9, 0, 0).AddMilliseconds(120), "3/1/2026 9:00:00.12 AM" },
        { "en-US", new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.FromHours(2)), "3/1/2026 9:00:00 AM +02:00" },
        { "en-US", new DateOnly(2026, 3, 1), "3/1/2026" },
        { "de-DE", 0.1 + 0.2, "0,30000000000000004" },
        { "de-DE", new byte[] { 0xDE, 0xAD }, "0xDEAD" },
    };

    [Theory]
    [MemberData(nameof(Digits))]
    public void A_culture_takes_no_digits_away(string culture, object value, string field)
    {
        var task = ExportFolder.Task(ReportFormat.Csv);
        (task.Culture, task.Delimiter) = (culture, '|');
        Assert.Equal($"a|b\r\n{field}|end\r\n", Export(task, One(value)));
    }

    [Fact]
    public void The_formula_guard_can_be_switched_off()
    {
        var task = ExportFolder.Task(ReportFormat.Csv);
        task.NoFormulaGuard = true;
        Assert.Equal("a,b\r\n=1+1,end\r\n", Export(task, One("=1+1")));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_byte_order_mark_stands_first_unless_the_task_says_no(bool no, bool marked)
    {
        var task = ExportFolder.Task(ReportFormat.Csv);
        task.NoByteOrderMark = no;
        Export(task, One("x"));
        Assert.Equal(marked, File.ReadAllBytes(Path.Combine(folder.Path, "sales.csv")).AsSpan().StartsWith(Encoding.UTF8.GetPreamble()));
    }

    [Fact]
    public void No_rows_give_a_header() => Assert.Equal("a,b\r\n", Export(ExportFolder.Task(ReportFormat.Csv), One("x").Clone()));

    [Theory]
    [InlineData("a\u202Eb", "sales - a_b.csv"), InlineData("a\tb", "sales - a_b.csv"), InlineData("end. ", "sales - end.csv"),
        InlineData("CON", "sales - CON.csv")]
    [InlineData("x*160", "sales - x*160.csv")]
    public void A_dataset_of_any_name_gives_a_file(string given, string expected)
    {
        static string Long(string text) =>
            text.Split('*') is [var head, var rest] && rest.TakeWhile(char.IsAsciiDigit).Count() is var digits and > 0
            ? head[..^1] + new string(head[^1], int.Parse(rest[..digits], CultureInfo.InvariantCulture)) + rest[digits..] : text;
        var dataset = Long(given);
        var task = ExportFolder.TaskWithDatasets([dataset, "b"], ReportFormat.Csv);
        var result = folder.Export(task, (dataset, One(1).CreateDataReader()), ("b", One(2).CreateDataReader()));
        Assert.Equal(Long(expected), Path.GetFileName(result.Files[0]));
        Assert.True(File.Exists(result.Files[0]));
    }

    [Theory]
    [InlineData('x', 400)]
    [InlineData('日', 160)]
    public void A_dataset_with_a_long_name_gives_a_file_whose_name_keeps_both_ends(char letter, int count)
    {
        var dataset = new string(letter, count);
        var task = ExportFolder.TaskWithDatasets([dataset, "b"], ReportFormat.Csv);
        var result = folder.Export(task, (dataset, One(1).CreateDataReader()), ("b", One(2).CreateDataReader()));
        var name = Path.GetFileName(result.Files[0]);
        Assert.Matches($"^sales - {letter}+~[0-9A-Za-z]{{8}}~{letter}+[.]csv$", name);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(name), 200, 224);
        Assert.True(File.Exists(result.Files[0]));
    }

    [Fact]
    public void Several_datasets_give_a_file_each_with_safe_and_different_names()
    {
        var task = ExportFolder.TaskWithDatasets(["North", "a/b", "a:b"], ReportFormat.Csv);
        var result = folder.Export(task, ("North", One(1).CreateDataReader()), ("a/b", One(2).CreateDataReader()),
            ("a:b", One(3).CreateDataReader()));
        Assert.Equal(["sales - North.csv", "sales - a_b.csv", "sales - a_b (2).csv"], result.Files.Select(Path.GetFileName));
        Assert.Equal("a,b\r\n3,end\r\n", File.ReadAllText(result.Files[2]));
    }

    [Fact]
    public void Another_reader_gives_every_text_back()
    {
        string[] texts = ["", "x", "\"", "\"\"", ",", "\r", "\n", "\r\n", "a\"b,c\nd", " lead", "trail ", "é", "\u2028", "🙂"];
        var table = new DataTable();
        table.Columns.Add("text");
        table.Columns.Add("last");
        Array.ForEach(texts, text => table.Rows.Add(text, "z"));
        var task = ExportFolder.Task(ReportFormat.Csv);
        task.NoFormulaGuard = true;
        Export(task, table);
        Assert.Equal(texts, Python(Path.Combine(folder.Path, "sales.csv")));
    }

    public void Dispose() => folder.Dispose();

    private static string[] Python(string file)
    {
        const string Script = "import csv,json,sys; print(json.dumps([row[0] for row in csv.reader(open(sys.argv[1], newline='', "
            + "encoding='utf-8-sig'))][1:]))";
        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", Script, file]) { RedirectStandardOutput = true })!;
        return JsonSerializer.Deserialize<string[]>(python.StandardOutput.ReadToEnd())!;
    }

    private static DataTable One(object value)
    {
        var table = new DataTable();
        table.Columns.Add("a", value is DBNull ? typeof(string) : value.GetType());
        table.Columns.Add("b");
        table.Rows.Add(value, "end");
        return table;
    }

    private string Export(ReportTask task, DataTable table)
    {
        using var reader = table.CreateDataReader();
        return File.ReadAllText(Assert.Single(folder.Export(task, ("Sales", reader)).Files));
    }
}
