using System.Collections.Specialized;
using System.Globalization;
using System.Text.RegularExpressions;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;
using ReportScheduler.Tests.Exports.Excel;

namespace ReportScheduler.Tests.Exports.Layout;

public sealed class HighlightTests
{
    private static readonly object?[] Values = [0, 10, 20, 30, 40, null, "Paris", "paris texas", new DateOnly(1900, 1, 30), double.NaN];

    [Theory]
    // rule, the places of Values that are filled; 30 January 1900 is Excel's day 31
    [InlineData("greater 20", "3 4 8")]
    [InlineData("less 20", "0 1")]
    [InlineData("between 20 10", "1 2")]
    [InlineData("equal 20", "2")]
    [InlineData("equal Paris", "6")]
    [InlineData("equal PARIS", "6")]
    [InlineData("text paris", "6 7")]
    [InlineData("top 2", "4 8")]
    [InlineData("top 100", "0 1 2 3 4 8")]
    [InlineData(">= 20", "2 3 4 8")]
    [InlineData(">=20", "2 3 4 8")]
    [InlineData("atleast 20", "2 3 4 8")]
    [InlineData("<= 20", "0 1 2")]
    [InlineData("> 20", "3 4 8")]
    [InlineData("<20", "0 1")]
    [InlineData("= 20", "2")]
    [InlineData("<> 20", "0 1 3 4 6 7 8 9")]
    [InlineData("not Paris", "0 1 2 3 4 7 8 9")]
    [InlineData("empty", "5")]
    [InlineData("bottom 2", "0 1")]
    [InlineData("top 34%", "4 8")]
    [InlineData("bottom 20%", "0")]
    [InlineData("above average", "3 4 8")]
    [InlineData("below average", "0 1 2")]
    [InlineData("icons", "")]
    [InlineData("databar", "")]
    public void A_rule_fills_the_cells_that_Excel_would(string rule, string filled)
    {
        var looks = Looks(rule, Values);
        Assert.Equal(filled, string.Join(' ', Enumerable.Range(0, looks.Length).Where(place => looks[place].Fill is not null)));
    }

    [Fact]
    public void Of_rules_that_colour_a_cell_the_first_counts_and_a_bar_and_an_arrow_join_it()
    {
        var looks = Looks("greater 30 red; top 2 blue; databar #102030; icons", [10, 20, 40, 50]);
        Assert.Equal([null, null, 0xF8B4B4, 0xF8B4B4], looks.Select(look => look.Fill));
        Assert.All(looks, look => Assert.Equal(0x102030, look.Bar));
        Assert.Equal([0.2f, 0.4f, 0.8f, 1f], looks.Select(look => look.BarLength));
        Assert.Equal([0, 0, 2, 2], looks.Select(look => look.Icon));
    }

    [Fact]
    public void A_scale_goes_from_the_least_over_the_middle_to_the_greatest()
    {
        var looks = Looks("colorscale #000000 #808080 #FF0000", [1, 2, 3, 50, 100]);
        Assert.Equal(0x000000, looks[0].Fill);
        Assert.InRange(looks[1].Fill!.Value, 0x3D3D3D, 0x434343);
        Assert.Equal(0x808080, looks[2].Fill);
        Assert.Equal(0xFF0000, looks[4].Fill);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(0)]
    public void Equal_values_have_no_scale_and_a_bar_begins_at_zero(int value)
    {
        var looks = Looks("colorscale; databar", [value, value, null]);
        Assert.All(looks, look => Assert.Null(look.Fill));
        Assert.Equal([value > 0 ? 1f : 0, value > 0 ? 1f : 0, 0], looks.Select(look => look.BarLength));
    }

    [Theory]
    [InlineData("-50 0 50 100", "0+0.34 0.34+0 0.34+0.32 0.34+0.66")]
    [InlineData("-50 -100", "0.5+0.5 0+1")]
    [InlineData("50 100", "0+0.5 0+1")]
    [InlineData("-1e308 1e308", "0+0.5 0.5+0.5")]
    public void Bars_begin_at_zero_and_those_of_numbers_below_it_go_to_the_left(string numbers, string bars) =>
        Assert.Equal(bars, string.Join(' ', Looks("databar", [.. numbers.Split(' ').Select(number =>
            (object?)double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))]).Select(look =>
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{look.BarStart:0.##}+{look.BarLength:0.##}"))));

    [Fact]
    public void The_middle_of_very_many_numbers_is_near_enough()
    {
        var looks = Looks("colorscale #000000 #808080 #FFFFFF",
            [.. Enumerable.Range(0, 200_001).Select(number => (object?)((number * 7919L) % 200_001))]);
        Assert.Contains(looks[0].Fill, (int?[])[0x000000]);
        Assert.Equal(200_001, looks.Length);
        Assert.InRange(looks.Count(look => look.Fill < 0x808080), 95_000, 105_000);
    }

    [Fact]
    public void The_PDF_draws_colours_bars_and_arrows()
    {
        using var report = new PdfReport();
        report.Task.Highlight = new OrderedDictionary { ["a"] = "greater 5 #123456", ["b"] = "databar #654321", ["c"] = "icons",
            ["d"] = "colorscale #111111 #222222 #333333" };
        using var pdf = report.Write(["a", "b", "c", "d"], [9, 1, 1, 1], [1, 2, 2, 2], [1, 3, 3, 3]).Open();
        var fills = pdf.GetPage(1).Paths.Where(path => path.FillColor is not null).GroupBy(path => Hex(path.FillColor!.ToRGBValues()))
            .ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(1, fills["123456"]);
        Assert.Equal(3, fills[HighlightLook.Pale(0x654321).ToString("X6", CultureInfo.InvariantCulture)]);
        Assert.All((string[])["111111", "222222", "333333", .. HighlightLook.IconColors.Select(
            color => color.ToString("X6", CultureInfo.InvariantCulture))], color => Assert.Equal(1, fills[color]));
        PdfReport.Run("qpdf", "--check", report.Path);
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public void HTML_names_every_look_in_its_own_style()
    {
        using var folder = new ExportFolder();
        var task = ExportFolder.Task(ReportFormat.Html);
        task.Highlight = new OrderedDictionary { ["a"] = "greater 5 #123456", ["b"] = "databar #654321", ["c"] = "icons",
            ["d"] = "colorscale #111111 #222222 #333333", ["e"] = "text x" };
        folder.Sqlite(task,
            "select 9 as a, 1 as b, 1 as c, 1 as d, 'x<' as e union all select 1, 2, 2, 2, null union all select 1, 3, 3, 3, 'y'");
        var page = File.ReadAllText(Path.Combine(folder.Path, "sales.html"));
        Assert.Contains("<td class=\"n f123456\">9</td><td class=\"n b654321 l17\">1</td><td class=\"n i0\">1</td><td class=\"n "
            + "f111111\">1</td><td class=\" fFFEB9C\">x&lt;</td>", page);
        Assert.Contains("<td class=\"n\">1</td><td class=\"n b654321 l33\">2</td><td class=\"n i1\">2</td><td class=\"n "
            + "f222222\">2</td><td class=\"\"></td>", page);
        var used = Regex.Matches(page, "<td class=\"([^\"]+)\"")
            .SelectMany(match => match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct().Except(["n", "d"]);
        Assert.All(used, name => Assert.Contains($"tbody tr td.{name}", page));
        Assert.Equal(3, Regex.Count(page, "<tr><td"));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Theory]
    // rule, format, the places that are filled of true, false, NULL, 1, 0, x and the empty text
    [InlineData("equal true", null, "0")]
    [InlineData("equal FALSE", null, "1")]
    [InlineData("equal 1", null, "0 3")]
    [InlineData("equal 0", null, "1 4")]
    [InlineData("equal ja", null, "0")]
    [InlineData("text Ne", null, "1")]
    [InlineData("text Tru", null, "0")]
    [InlineData("not true", null, "1 3 4 5")]
    [InlineData("not x", null, "0 1 3 4")]
    [InlineData("greater 0", null, "3")]
    [InlineData("equal ''", null, "6")]
    [InlineData("equal true", "yesno", "0 3")]
    [InlineData("equal Nein", "yesno", "1 4")]
    [InlineData("equal 1", "yesno", "0 3")]
    [InlineData("equal 0", "yesno", "1 4")]
    [InlineData("text j", "yesno", "0 3")]
    [InlineData("text tru", "yesno", "")]
    [InlineData("not Ja", "yesno", "1 4 5")]
    [InlineData("greater 0", "yesno", "0 3")]
    [InlineData("equal on", "\"on\";\"on\";\"off\"", "0 3")]
    public void True_and_false_are_found_by_every_name(string rule, string? format, string filled)
    {
        object?[] values = [true, false, null, 1, 0, "x", ""];
        var highlight = Highlight(rule, format);
        var batch = PdfReport.Batch(1, [.. values.Select(value => new[] { value })]);
        Assert.Equal(filled, string.Join(' ', Enumerable.Range(0, values.Length)
            .Where(place => highlight.Of(highlight.See(batch[place][0])).Fill is not null)));
    }

    [Theory]
    [InlineData("equal true", null, "OR(A2=\"true\",AND(ISLOGICAL(A2),A2=TRUE))")]
    [InlineData("equal Nein row", null, "OR($A2=\"Nein\",AND(ISLOGICAL($A2),$A2=FALSE))")]
    [InlineData("equal true row", "yesno", "OR($A2=\"true\",AND(ISNUMBER($A2),$A2<>0))")]
    [InlineData("equal 1", "yesno", "OR(AND(ISNUMBER(A2),A2=1),A2=\"1\")")]
    [InlineData("not Ja", "yesno", "AND(A2<>\"\",NOT(OR(A2=\"Ja\",AND(ISNUMBER(A2),A2<>0))))")]
    [InlineData("greater 0", null, "AND(ISNUMBER(A2),A2>0)")]
    public void The_workbook_finds_true_and_false_as_its_cells_have_them(string rule, string? format, string formula)
    {
        using var folder = new ExportFolder();
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.Culture = "de-DE";
        task.Datasets[0].Columns = [new() { Name = "a", Format = format, Highlight = [.. HighlightRule.Of(rule)] }];
        using var rows = new System.Data.DataTable();
        rows.Columns.Add("a", typeof(bool));
        rows.Rows.Add(true);
        rows.Rows.Add(false);
        using var reader = rows.CreateDataReader();
        folder.Export(task, (task.Name, reader));
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("", string.Join('\n', book.Errors()));
        Assert.Contains(formula, book.Sheet("Sales").Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.ConditionalFormattingRule>()
            .Select(made => made.InnerText));
    }

    [Theory]
    [InlineData("equal A row", ";;;", "text:A")]
    [InlineData("equal A", null, "")]
    public void The_rows_of_a_group_have_its_value_hidden_where_a_rule_looks_at_it(string rule, string? format, string value)
    {
        using var folder = new ExportFolder();
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.Datasets[0].GroupBy = ["grp"];
        task.Datasets[0].Columns = [new() { Name = "grp", Highlight = [.. HighlightRule.Of(rule)] }];
        folder.Sqlite(task, "select 'A' as grp, 1 as v union all select 'A', 2 union all select 'B', 3");
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("", string.Join('\n', book.Errors()));
        Assert.Equal("text:A", book.Cells("Sales")["A2"]);
        Assert.Equal(value, book.Cells("Sales")["A3"]);
        var rules = book.Sheet("Sales").Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.ConditionalFormattingRule>().ToList();
        Assert.Equal(format is null ? 0 : 1, rules.Count);
        if (format is not null)
        {
            Assert.Equal(format, book.Format("Sales", "A3"));
            Assert.Equal("$A3=\"A\"", rules[0].InnerText);
        }
    }

    [Theory]
    // rule, the rows that are coloured
    [InlineData("greater 20 row", "3 4 8")]
    [InlineData("less 20 red row", "0 1")]
    [InlineData("less 20 row red", "0 1")]
    [InlineData("<=20 ROW", "0 1 2")]
    [InlineData(">= 20 row", "2 3 4 8")]
    [InlineData("between 20 10 row", "1 2")]
    [InlineData("equal 20 row", "2")]
    [InlineData("equal paris row", "6")]
    [InlineData("equal row", "")]
    [InlineData("text row row", "")]
    [InlineData("text paris row", "6 7")]
    [InlineData("not 20 row", "0 1 3 4 6 7 8 9")]
    [InlineData("not Paris row", "0 1 2 3 4 7 8 9")]
    [InlineData("empty row", "5")]
    [InlineData("less 20; greater 30 row; databar", "4 8")]
    public void A_rule_with_the_word_row_colours_the_rows_of_its_cells(string rule, string coloured)
    {
        var highlight = Highlight(rule);
        var rows = RowHighlight.Of([(0, highlight)]);
        var batch = PdfReport.Batch(1, [.. Values.Select(value => new[] { value })]);
        Assert.Equal(coloured, string.Join(' ', Enumerable.Range(0, Values.Length).Where(row => rows?.Fill(batch[row]) is not null)));
    }

    [Theory]
    [InlineData("databar row")]
    [InlineData("colorscale row")]
    [InlineData("icons row")]
    [InlineData("icons signs row")]
    [InlineData("top 10 row")]
    [InlineData("bottom 5% red row")]
    [InlineData("above average green row")]
    public void A_rule_that_compares_cells_refuses_the_word_row(string rule)
    {
        var error = Assert.Throws<FormatException>(() => HighlightRule.Of(rule));
        Assert.StartsWith($"'{rule}' compares a cell with the others of its column", error.Message);
    }

    [Fact]
    public void A_hidden_column_colours_no_rows_and_says_so()
    {
        var column = new ReportColumn { Name = "state", Hidden = true, Highlight = [.. HighlightRule.Of("equal late red row")] };
        Assert.Equal("HighlightNotUsable", Assert.Throws<ReportException>(() => ReportScheduler.Exports.ColumnCheck.Check(column)).ErrorId);
    }

    [Fact]
    public void The_PDF_and_HTML_colour_whole_rows_below_the_colours_of_cells()
    {
        using var report = new PdfReport();
        report.Task.Highlight = new OrderedDictionary { ["a"] = "less 0 #123456 row", ["b"] = "equal x #654321" };
        using var pdf = report.Write(["a", "b"], [-1, "x"], [-2, "y"], [3, "z"]).Open();
        var fills = pdf.GetPage(1).Paths.Where(path => path.FillColor is not null)
            .Select(path => (Color: Hex(path.FillColor!.ToRGBValues()), Box: path.GetBoundingRectangle()!.Value)).ToList();
        var rows = fills.Where(fill => fill.Color == "123456").ToList();
        // of the two rows, and once more of the two cells themselves
        Assert.Equal(4, rows.Count);
        Assert.Equal(2, rows.Count(row => row.Box.Width == rows.Max(other => other.Box.Width)));
        Assert.True(fills.FindIndex(fill => fill.Color == "654321") > fills.FindIndex(fill => fill.Color == "123456"));

        using var folder = new ExportFolder();
        var task = ExportFolder.Task(ReportFormat.Html);
        task.Highlight = new OrderedDictionary { ["a"] = "less 0 #123456 row", ["b"] = "equal x #654321" };
        folder.Sqlite(task, "select -1 as a, 'x' as b union all select -2, 'y' union all select 3, 'z'");
        var page = File.ReadAllText(Path.Combine(folder.Path, "sales.html"));
        Assert.Equal(2, Regex.Count(page, "<tr class=\"f123456\"><td"));
        Assert.True(page.IndexOf("tbody tr.f123456 td", StringComparison.Ordinal) is > 0 and var row
            && row < page.IndexOf("tbody tr td.f654321", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("less 0 red row", "AND(ISNUMBER($A3),$A3<0)")]
    [InlineData("between 9 1 row", "AND(ISNUMBER($A3),$A3>=MIN(9,1),$A3<=MAX(9,1))")]
    [InlineData("equal 'a \"b\"' row", "$A3=\"a \"\"b\"\"\"")]
    [InlineData("equal 3 row", "OR(AND(ISNUMBER($A3),$A3=3),$A3=\"3\")")]
    [InlineData("text a*b?~ row", "AND(ISTEXT($A3),ISNUMBER(SEARCH(\"a~*b~?~~\",$A3)))")]
    [InlineData("empty row", "LEN($A3)=0")]
    public void The_workbook_colours_the_cells_of_the_table_by_a_formula(string rule, string formula)
    {
        using var folder = new ExportFolder();
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.Highlight = new OrderedDictionary { ["a"] = rule, ["b"] = "less 0 green" };
        folder.Sqlite(task, "select 1 as a, 2 as b, 3 as c union all select -2, -3, 4");
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("", string.Join('\n', book.Errors()));
        var formats = book.Sheet("Sales").Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.ConditionalFormatting>().ToList();
        var whole = formats.Single(format => format.SequenceOfReferences!.InnerText!.Contains('C', StringComparison.Ordinal));
        Assert.Matches(@"^A\d+:C\d+$", whole.SequenceOfReferences!.InnerText!);
        var top = Regex.Match(whole.SequenceOfReferences.InnerText!, @"\d+").Value;
        var made = whole.Descendants<DocumentFormat.OpenXml.Spreadsheet.ConditionalFormattingRule>().Single();
        Assert.Equal(formula.Replace("$A3", "$A" + top, StringComparison.Ordinal), made.InnerText);
        Assert.Equal(3, made.Priority!.Value);
    }

    [Theory]
    [InlineData("icons", "↓Bad0 →Warning1 ↑Good2")]
    [InlineData("icons arrows", "↓Bad0 →Warning1 ↑Good2")]
    [InlineData("icons TrafficLights", "●Bad0 ●Warning1 ●Good2")]
    [InlineData("icons signs", "◆Bad0 ▲Warning1 ●Good2")]
    [InlineData("icons reversed", "↑Good0 →Warning1 ↓Bad2")]
    [InlineData("icons signs reversed", "●Good0 ▲Warning1 ◆Bad2")]
    [InlineData("icons reversed trafficlights", "●Good0 ●Warning1 ●Bad2")]
    public void Icons_are_of_the_set_that_is_named_and_turned_around_where_low_is_good(string rule, string icons) =>
        Assert.Equal(icons, string.Join(' ', Looks(rule, [1, 50, 100]).Select(look => look.Icon!.Value).Select(icon =>
            $"{HighlightIcon.Sign(icon)}{new[] { "Bad", "Warning", "Good" }[HighlightIcon.Shade(icon)]}{HighlightIcon.Level(icon)}")));

    [Theory]
    [InlineData("icons", "3Arrows", false)]
    [InlineData("icons trafficlights", "3TrafficLights1", false)]
    [InlineData("icons signs reversed", "3Signs", true)]
    public void Excel_has_the_set_of_icons_by_its_own_name(string rule, string name, bool isReversed)
    {
        using var folder = new ExportFolder();
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.Highlight = new OrderedDictionary { ["a"] = rule };
        folder.Sqlite(task, "select 1 as a union all select 2 union all select 3");
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("", string.Join('\n', book.Errors()));
        var set = book.Sheet("Sales").Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.IconSet>().Single();
        Assert.Equal((name, isReversed), (set.IconSetValue?.InnerText ?? "3TrafficLights1", set.Reverse?.Value ?? false));
    }

    private static HighlightLook[] Looks(string rules, object?[] values)
    {
        var highlight = Highlight(rules);
        var batch = PdfReport.Batch(1, [.. values.Select(value => new[] { value })]);
        var marks = Enumerable.Range(0, values.Length).Select(row => highlight.See(batch[row][0])).ToList();
        return [.. marks.Select(highlight.Of)];
    }

    private static ColumnHighlight Highlight(string rules, string? format)
    {
        var task = ExportFolder.Task(ReportFormat.Html);
        task.Culture = "de-DE";
        task.Datasets[0].Columns = [new() { Name = "a", Format = format, Highlight = [.. HighlightRule.Of(rules)] }];
        return ColumnHighlight.Of(task, "Sales", new SourceColumn(0, "a", "a", ColumnKind.Text))!;
    }

    private static ColumnHighlight Highlight(string rules)
    {
        var task = new ReportTask { Highlight = new OrderedDictionary { ["a"] = rules } };
        return ColumnHighlight.Of(task, "Sales", new SourceColumn(0, "a", "a", ColumnKind.Text))!;
    }

    private static string Hex((double R, double G, double B) color) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{(int)Math.Round(color.R * 255):X2}{(int)Math.Round(color.G * 255):X2}{(int)Math.Round(color.B * 255):X2}");
}
