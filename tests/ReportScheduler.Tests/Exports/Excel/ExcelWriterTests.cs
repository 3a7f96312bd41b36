using System.Collections.Specialized;
using System.Data;
using System.Globalization;
using DocumentFormat.OpenXml.Spreadsheet;
using MiniExcelLibs;
using ReportScheduler.Exports.Excel;
using ReportScheduler.Rows;

namespace ReportScheduler.Tests.Exports.Excel;

public sealed class ExcelWriterTests : IDisposable
{
    private readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<object?, string?, string?> Values => new()
    {
        { "007", "text:007", "@" },
        { "=1+1", "text:=1+1", "@" },
        { "", "text:", "@" },
        { DBNull.Value, "", null },
        { " two  spaces ", "text: two  spaces ", "@" },
        { "a\r\nb\u0001_x0041_", "text:a\nb\u0001_x0041_", "@" },
        { "a\rb\n\rc\r", "text:a\nb\n\nc\n", "@" },
        { 12345678901234567890m, "text:12345678901234567890", "@" },
        { 999999999999999L, "999999999999999", "#,##0" },
        { 9007199254740993L, "text:9007199254740993", "@" },
        // text by magnitude, so that a lookup finds all of them
        { 9007199254741000L, "text:9007199254741000", "@" },
        { 1_000_000_000_000_000L, "text:1000000000000000", "@" },
        { -1_000_000_000_000_000L, "text:-1000000000000000", "@" },
        { 9000000000000000000L, "text:9000000000000000000", "@" },
        { 1_000_000_000_000_000m, "text:1000000000000000", "@" },
        { 1234567890123456.5m, "text:1234567890123456.5", "@" },
        { long.MinValue, "text:-9223372036854775808", "@" },
        { 12.50m, "12.50", "#,##0.00" },
        // surplus digits behind the point are rounded
        { 0.1234567890123456m, "0.123456789012346", "#,##0.000" },
        { 1.5000000000000000000m, "1.50000000000000", "#,##0.00" },
        { 2.6666666666666667m, "2.66666666666667", "#,##0.00" },
        { -0.0000001234567890123456789m, "-0.000000123456789012346", "General" },
        { 123456789012345.678901m, "123456789012346", "#,##0.00" },
        { 999999999999999.96m, "1000000000000000", "#,##0.00" },
        { 0.5, "0.5", "#,##0.00" },
        { 1e300, "1E+300", "General" },
        { double.NaN, "text:NaN", "@" },
        { double.NegativeInfinity, "text:-Infinity", "@" },
        { true, "bool:1", "General" },
        { new DateTime(2026, 11, 24), "46350", "yyyy-mm-dd" },
        { new DateTime(2026, 11, 24, 18, 0, 0), "46350.75", "yyyy-mm-dd hh:mm" },
        { new DateTime(1900, 3, 1), "61", "yyyy-mm-dd" },
        // Excel has a 29 February 1900
        { new DateTime(1900, 2, 28), "59", "yyyy-mm-dd" },
        { new DateTime(1900, 1, 1), "1", "yyyy-mm-dd" },
        // rounded it would be a day that Excel does not have
        { DateTime.MaxValue, "2958465.999988425926", "yyyy-mm-dd hh:mm" },
        { new DateTime(1899, 12, 31), "text:1899-12-31 00:00:00", "@" },
        { new TimeSpan(30, 0, 0), "1.25", "[h]:mm:ss" },
        { new TimeSpan(0, -1, 0), "text:-00:01:00", "@" },
        { new DateOnly(2026, 11, 24), "46350", "yyyy-mm-dd" },
        { new TimeOnly(18, 0), "0.75", "[h]:mm:ss" },
        // in the task's zone
        { new DateTimeOffset(2026, 11, 24, 13, 0, 0, TimeSpan.FromHours(-5)), "46350.75", "yyyy-mm-dd hh:mm" },
        { new DateTimeOffset(2026, 11, 24, 20, 0, 0, TimeSpan.FromHours(2)), "46350.75", "yyyy-mm-dd hh:mm" },
        { new byte[] { 0, 255, 16 }, "text:(binary, 3 bytes)", "@" },
        { 0.1f, "0.1", "#,##0.00" },
        { ulong.MaxValue, "text:18446744073709551615", "@" },
        { "\U0001F600 ü 漢\uFFFE\t", "text:\U0001F600 ü 漢\uFFFE\t", "@" },
        { Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), "text:0f8fad5b-d9cb-469f-a165-70867728950e", "@" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_keeps_its_meaning(object? value, string? cell, string? format)
    {
        using var book = Export(Table(("v", value is DBNull ? typeof(string) : value!.GetType()), [value!]));
        Assert.Equal(cell, book.Cells("Sales").GetValueOrDefault("A2"));
        if (format is not null)
        {
            Assert.Equal(format, book.Format("Sales", "A2"));
        }
    }

    [Fact]
    public void Every_cell_reads_back_with_three_readers()
    {
        var table = Mixed(1500);
        using var book = Export(table);
        var cells = book.Cells("Sales");
        var mini = MiniExcel.Query(BookPath, useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(1500, mini.Count);
        for (var row = 0; row < 1500; row++)
        {
            var source = table.Rows[row];
            Assert.Equal($"{source[0]}", cells[$"A{row + 2}"]);
            Assert.Equal("text:" + source[1], cells[$"B{row + 2}"]);
            Assert.Equal((double)(decimal)source[2], double.Parse(cells[$"C{row + 2}"], CultureInfo.InvariantCulture));
            Assert.Equal(((DateTime)source[3]).ToOADate(), double.Parse(cells[$"D{row + 2}"], CultureInfo.InvariantCulture), 9);
            Assert.Equal(source[1], mini[row]["name"]);
            Assert.Equal((double)(decimal)source[2], Convert.ToDouble(mini[row]["amount"], CultureInfo.InvariantCulture));
            Assert.Equal((DateTime)source[3], (DateTime)mini[row]["at"]);
        }

        var office = LibreOffice.Convert(BookPath, "csv");
        var lines = File.ReadAllLines(office);
        Assert.Equal(1501, lines.Length);
        Assert.Equal("id,name,amount,at", lines[0]);
        for (var row = 0; row < 1500; row += 7)
        {
            var source = table.Rows[row];
            Assert.Equal(
                $"{source[0]},{source[1]},{((decimal)source[2]).ToString("0.00", CultureInfo.InvariantCulture)},"
                    + $"{(DateTime)source[3]:yyyy-MM-dd HH:mm:ss}",
                lines[row + 1].Replace("\"", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Texts_that_XML_or_Excel_would_change_read_back_as_they_were()
    {
        string[] texts = ["007", "=1+1", "-5", "TRUE", "1e5", "2026-01-01", " two  spaces ", "\ttab", "a\r\nb", "_x0041_", "<b>&\"'</b>",
            "é 漢 \U0001F600", "\u0001\u001f", "]]>", ";,\"q\"", new string('z', 32_767)];
        using var book = Export(Table(("v", typeof(string)), [.. texts]));
        Assert.Equal("", string.Join('\n', book.Errors()));
        texts = [.. texts.Select(text => text.ReplaceLineEndings("\n"))];
        Assert.Equal(texts.Select(text => "text:" + text), Enumerable.Range(2, texts.Length).Select(row => book.Cells("Sales")[$"A{row}"]));
        Assert.Equal(texts,
            MiniExcel.Query(BookPath, useHeaderRow: true).Cast<IDictionary<string, object>>().Select(row => (string)row["v"]));
        // ClosedXML 0.95 takes what an escape stands for as an escape again.
        using var opened = new ClosedXML.Excel.XLWorkbook(BookPath);
        Assert.Equal(texts.Select(text => text == "_x0041_" ? "A" : text),
            Enumerable.Range(2, texts.Length).Select(row => opened.Worksheet(1).Cell(row, 1).GetString()));
    }

    [Fact]
    public void Headers_are_unique_without_regard_to_case()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.ColumnHeader = new OrderedDictionary { ["id"] = "Total", ["name"] = "TOTAL", ["amount"] = " total\n", ["at"] = "Total 2" };
        using var book = Export(Mixed(3), task);
        Assert.Equal("", string.Join('\n', book.Errors()));
        Assert.Equal(["text:Total", "text:TOTAL 2", "text:total 3", "text:Total 2 2"],
            new[] { "A1", "B1", "C1", "D1" }.Select(cell => book.Cells("Sales")[cell]));
    }

    [Theory]
    [InlineData(16_384)]
    [InlineData(16_385)]
    public void A_sheet_holds_16384_columns(int columns)
    {
        using var rows = new CountingRows(2, columns);
        if (columns == 16_385)
        {
            var error = Assert.Throws<ReportException>(() => folder.Export(ExportFolder.Task(ReportFormat.Excel), ("Sales", rows)));
            Assert.Equal(("TooManyColumns", "Sales"), (error.ErrorId, error.ErrorTarget));
            Assert.Empty(Directory.GetFiles(folder.Path));
            return;
        }

        folder.Export(ExportFolder.Task(ReportFormat.Excel), ("Sales", rows));
        using var book = Open();
        Assert.Equal("A1:XFD3", book.Table("Sales").Table.Reference!.Value);
        Assert.Equal("text:row 2", book.Cells("Sales")["XFD3"]);
    }

    [Fact]
    public void The_row_after_the_last_of_a_sheet_starts_the_next()
    {
        folder.Export(ExportFolder.Task(ReportFormat.Excel), ("Sales", new CountingRows(1_048_576)));
        using var zip = System.IO.Compression.ZipFile.OpenRead(BookPath);
        string End(string part)
        {
            using var reader = new StreamReader(zip.GetEntry(part)!.Open());
            return reader.ReadToEnd();
        }

        Assert.Contains("ref=\"A1:B1048576\"", End("xl/tables/table1.xml"), StringComparison.Ordinal);
        Assert.Contains("ref=\"A1:B2\"", End("xl/tables/table2.xml"), StringComparison.Ordinal);
        var second = End("xl/worksheets/sheet2.xml");
        Assert.Contains("<v>1048576</v>", second, StringComparison.Ordinal);
        Assert.DoesNotContain("<v>1048575</v>", second, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_beyond_a_sheet_go_on_in_the_next_with_its_own_header_and_table()
    {
        var document = folder.Document(ExportFolder.Task(ReportFormat.Excel));
        document.Task.Total = new OrderedDictionary { ["amount"] = "avg" };
        using (var writer = new ExcelWriter(document, rowsPerSheet: 12))
        {
            Feed(writer, 25);
            writer.Complete(CancellationToken.None);
        }

        using var book = Open();
        Assert.Equal(["Sales", "Sales (2)", "Sales (3)"], book.SheetNames);
        Assert.Equal("", string.Join('\n', book.Errors()));
        Assert.Equal(["A1:B11", "A1:B11", "A1:B7"], book.SheetNames.Select(sheet => book.Table(sheet).Table.Reference!.Value));
        Assert.Equal(3, book.SheetNames.Select(sheet => book.Table(sheet).Table.Name!.Value).Distinct().Count());
        Assert.Equal("13", book.Cells("Sales (3)")["B7"]);
        Assert.Equal("text:amount", book.Cells("Sales (2)")["B1"]);
        Assert.Equal(Enumerable.Range(1, 25).Select(id => $"{id}"),
            book.SheetNames.SelectMany(sheet => Enumerable.Range(2, 10).Select(row => (Sheet: sheet, Row: row)))
            .Select(at => (at.Sheet, at.Row) == ("Sales (3)", 7) ? null : book.Cells(at.Sheet).GetValueOrDefault($"A{at.Row}"))
            .OfType<string>());
    }

    [Fact]
    public void No_rows_still_make_a_table_with_one_empty_row()
    {
        using var book = Export(Mixed(0));
        Assert.Equal("A1:D2", book.Table("Sales").Table.Reference!.Value);
        Assert.Equal("", string.Join('\n', book.Errors()));
        Assert.All(MiniExcel.Query(BookPath, useHeaderRow: true),
            row => Assert.All(((IDictionary<string, object>)row).Values, Assert.Null));
    }

    [Fact]
    public void Options_per_column_are_followed()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.ColumnFormat = new OrderedDictionary { ["amount"] = "#,##0.00 €" };
        task.ColumnWidth = new OrderedDictionary { ["name"] = 33 };
        task.ColumnHeader = new OrderedDictionary { ["amount"] = "Betrag & [Summe]", ["NAME"] = "AMOUNT" };
        task.Hide = ["id"];
        task.Total = new OrderedDictionary { ["amount"] = "sum", ["name"] = "count" };
        using var book = Export(Mixed(20), task);
        Assert.Equal("", string.Join('\n', book.Errors()));
        var cells = book.Cells("Sales");
        Assert.Equal("text:AMOUNT", cells["A1"]);
        Assert.Equal("text:Betrag & [Summe]", cells["B1"]);
        Assert.Equal("#,##0.00 €", book.Format("Sales", "B2"));
        Assert.Equal(33.71, book.Sheet("Sales").Worksheet.Descendants<Column>().First().Width!.Value);
        var total = book.Cell("Sales", "B22");
        Assert.Matches(@"^SUBTOTAL\(109,\w+\[Betrag & '\[Summe'\]\]\)$", total.CellFormula!.Text);
        Assert.Equal(Mixed(20).Rows.Cast<DataRow>().Sum(row => (decimal)row[2]), decimal.Parse(cells["B22"], CultureInfo.InvariantCulture));
        Assert.Equal("20", cells["A22"]);
    }

    [Fact]
    public void Rules_that_make_cells_stand_out_are_conditional_formats()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.Highlight = new OrderedDictionary
        {
            ["amount"] = "greater 1000 red; less 10; between 20 30 green; top 5 #112233; databar",
            ["name"] = new[] { "text North blue", "equal 'Süd \"x\"'" },
            ["id"] = "colorscale; icons",
        };
        using var book = Export(Mixed(50), task);
        Assert.Equal("", string.Join('\n', book.Errors()));
        var rules = book.Sheet("Sales").Worksheet.Descendants<ConditionalFormattingRule>().ToList();
        Assert.Equal(9, rules.Count);
        Assert.All(book.Sheet("Sales").Worksheet.Descendants<ConditionalFormatting>(),
            format => Assert.Matches("^[ABC]2:[ABC]51$", format.SequenceOfReferences!.InnerText));
        var formats = book.Workbook.WorkbookStylesPart!.Stylesheet.DifferentialFormats!.Count();
        Assert.All(rules.Where(rule => rule.FormatId is not null), rule => Assert.InRange((int)rule.FormatId!.Value, 0, formats - 1));
    }

    [Theory]
    [InlineData("-5", "-3", 1)]
    [InlineData("0", "-3", 1)]
    [InlineData("0", "0", 0)]
    [InlineData("1", "-3", 1)]
    [InlineData("null", "null", 1)]
    public void A_bar_is_for_a_column_with_a_number_other_than_zero(string first, string second, int rules)
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.Highlight = new OrderedDictionary { ["a"] = "databar" };
        folder.Sqlite(task, $"select {first} as a union all select {second}");
        using var book = Open();
        Assert.Equal("", string.Join('\n', book.Errors()));
        Assert.Equal(rules, book.Sheet("Sales").Worksheet.Descendants<ConditionalFormattingRule>().Count());
    }

    [Theory]
    [InlineData("grater 5", "grater")]
    [InlineData("greater much", "much")]
    [InlineData("greater", "too few")]
    [InlineData("between 1", "too few")]
    [InlineData("top 0", "1000")]
    [InlineData("equal 3 mauve", "mauve")]
    [InlineData("colorscale red", "too few or too many")]
    [InlineData("icons 5", "trafficlights")]
    [InlineData("icons signs arrows", "trafficlights")]
    [InlineData("icons signs reversed 1", "too many")]
    [InlineData("", "does not begin")]
    public void A_bad_rule_is_refused_when_the_task_is_made(string rule, string word)
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        var error = Assert.Throws<ReportException>(() => task.Highlight = new OrderedDictionary { ["amount"] = rule });
        Assert.Equal("HighlightNotUsable", error.ErrorId);
        Assert.Equal(rule, error.ErrorTarget);
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ChartKind.Bar)]
    [InlineData(ChartKind.Line)]
    [InlineData(ChartKind.Pie)]
    public void A_chart_draws_the_cells_of_the_table(ChartKind kind)
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        (task.Chart, task.ChartX, task.ChartY) = (kind, "id", ["amount", "id"]);
        using var book = Export(Mixed(6), task);
        Assert.Equal("", string.Join('\n', book.Errors()));
        var chart = book.Sheet("Sales").DrawingsPart!.ChartParts.Single().ChartSpace;
        var formulas = chart.Descendants<DocumentFormat.OpenXml.Drawing.Charts.Formula>().Select(formula => formula.Text).ToList();
        Assert.Equal(["'Sales'!$A$2:$A$7", "'Sales'!$C$2:$C$7"], formulas[..2]);
        Assert.Equal(kind == ChartKind.Pie ? 2 : 4, formulas.Count);
        // the legend has the headers as people read them
        Assert.Equal(kind == ChartKind.Pie ? ["Amount"] : ["Amount", "Id"],
            chart.Descendants<DocumentFormat.OpenXml.Drawing.Charts.SeriesText>().Select(text => text.InnerText));
    }

    [Fact]
    public void A_pie_of_more_rows_than_anybody_tells_apart_has_a_slice_for_the_others()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        (task.Chart, task.ChartX, task.ChartY) = (ChartKind.Pie, "name", ["amount"]);
        folder.Sqlite(task, "with recursive n(i) as (values (1) union all select i + 1 from n where i < 55) select 'Customer ' || i as "
            + "name, i * 10 as amount from n");
        using var book = Open();
        Assert.Empty(book.Errors());
        var chart = book.Sheet("Sales").DrawingsPart!.ChartParts.Single().ChartSpace;
        var names = chart.Descendants<DocumentFormat.OpenXml.Drawing.Charts.StringLiteral>().Single()
            .Descendants<DocumentFormat.OpenXml.Drawing.Charts.NumericValue>().Select(value => value.Text).ToList();
        Assert.Equal([.. Enumerable.Range(41, 15).Select(i => $"Customer {i}"), "Other"], names);
    }

    [Theory]
    [InlineData(ChartKind.Bar)]
    [InlineData(ChartKind.Line)]
    [InlineData(ChartKind.Pie)]
    public void A_chart_of_rows_that_are_added_up_has_their_sums_inside_and_names_what_it_shows(ChartKind kind)
    {
        var task = ExportFolder.TaskWithDatasets(["North", "South"], ReportFormat.Excel);
        (task.Chart, task.ChartX, task.ChartY) = (kind, "region", ["amount"]);
        using var data = new DataTable { Locale = CultureInfo.InvariantCulture };
        data.Columns.Add("region", typeof(string));
        data.Columns.Add("amount", typeof(int));
        foreach (var (region, amount) in new[] { ("a", 1), ("b & c", 2), ("a", 3) })
        {
            data.Rows.Add(region, amount);
        }

        folder.Export(task, ("North", data.CreateDataReader()), ("South", data.CreateDataReader()));
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Empty(book.Errors());
        var chart = book.Sheet("North").DrawingsPart!.ChartParts.Single().ChartSpace;
        Assert.Equal("Amount by region", chart.Descendants<DocumentFormat.OpenXml.Drawing.Charts.Title>().First().InnerText);
        Assert.Equal("Amount", chart.Descendants<DocumentFormat.OpenXml.Drawing.Charts.SeriesText>().Single().InnerText);
        Assert.Equal(["a", "b & c"], chart.Descendants<DocumentFormat.OpenXml.Drawing.Charts.StringLiteral>().Single()
            .Descendants<DocumentFormat.OpenXml.Drawing.Charts.NumericValue>().Select(value => value.Text));
        Assert.Equal(["4", "2"], chart.Descendants<DocumentFormat.OpenXml.Drawing.Charts.NumberLiteral>().Single()
            .Descendants<DocumentFormat.OpenXml.Drawing.Charts.NumericValue>().Select(value => value.Text));
        Assert.Empty(folder.Warnings);
    }

    [Fact]
    public void A_chart_of_several_sheets_adds_up_the_rows_of_all_of_them()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        (task.Chart, task.ChartX, task.ChartY) = (ChartKind.Bar, "region", ["amount"]);
        using (var writer = new ExcelWriter(folder.Document(task), rowsPerSheet: 4))
        {
            writer.Begin("Sales",
                [new SourceColumn(0, "region", "region", ColumnKind.Text), new SourceColumn(1, "amount", "amount", ColumnKind.Integer)]);
            for (var row = 1; row <= 10; row++)
            {
                var batch = new RowBatch(2);
                batch.Fill(0)[0].SetText(row % 2 == 0 ? "even" : "odd");
                batch.Fill(batch.Count++)[1].SetInteger(row);
                writer.Write(batch);
            }

            writer.End(CancellationToken.None);
            writer.Complete(CancellationToken.None);
        }

        using var book = Open();
        Assert.Equal("", string.Join('\n', book.Errors()));
        var chart = book.Sheet("Sales").DrawingsPart!.ChartParts.Single().ChartSpace;
        Assert.Equal(["25", "30"], chart.Descendants<DocumentFormat.OpenXml.Drawing.Charts.NumberLiteral>().Single()
            .Descendants<DocumentFormat.OpenXml.Drawing.Charts.NumericValue>().Select(value => value.Text));
    }

    [Fact]
    public void A_chart_of_more_rows_than_can_be_read_draws_the_newest()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.Chart = ChartKind.Bar;
        using var book = Export(Mixed(100), task);
        Assert.Equal("", string.Join('\n', book.Errors()));
        var chart = book.Sheet("Sales").DrawingsPart!.ChartParts.Single().ChartSpace;
        // by default the first column of numbers over the first column
        Assert.Equal(["'Sales'!$A$42:$A$101", "'Sales'!$C$42:$C$101"],
            chart.Descendants<DocumentFormat.OpenXml.Drawing.Charts.Formula>().Select(formula => formula.Text));
        Assert.Equal("Amount by id", chart.Descendants<DocumentFormat.OpenXml.Drawing.Charts.Title>().First().InnerText);
    }

    [Theory]
    // in their order, whatever that of the rows: cells while all of them fit, then weeks with their sums inside
    [InlineData(ChartKind.Bar, "i", 60, "A$2:$A$61", "Amount per day")]
    [InlineData(ChartKind.Bar, "i", 100, null, "Amount per week")]
    [InlineData(ChartKind.Bar, "100 - i", 100, null, "Amount per week")]
    [InlineData(ChartKind.Bar, "i * 37 % 101", 100, null, "Amount per week")]
    [InlineData(ChartKind.Line, "i", 400, "A$2:$A$401", "Amount per day")]
    [InlineData(ChartKind.Line, "1500 - i", 1500, null, "Amount per week")]
    [InlineData(ChartKind.Line, "i * 7 % 1501", 1500, null, "Amount per week")]
    public void A_chart_over_days_draws_the_newest(ChartKind kind, string day, int rows, string? cells, string title)
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        (task.Chart, task.ColumnFormat) = (kind, new OrderedDictionary { ["day"] = "yyyy-mm-dd" });
        folder.Sqlite(task, $"with recursive n(i) as (values (1) union all select i + 1 from n where i < {rows}) select "
            + $"date('2020-01-01', '+' || ({day}) || ' days') as day, i as amount from n");
        using var book = Open();
        Assert.Equal("", string.Join('\n', book.Errors()));
        var chart = book.Sheet("Sales").DrawingsPart!.ChartParts.Single().ChartSpace;
        Assert.Equal(title, chart.Descendants<DocumentFormat.OpenXml.Drawing.Charts.Title>().First().InnerText);
        var formulas = chart.Descendants<DocumentFormat.OpenXml.Drawing.Charts.Formula>().Select(formula => formula.Text).ToList();
        if (cells is not null)
        {
            Assert.Equal($"'Sales'!${cells}", formulas[0]);
            return;
        }

        Assert.Empty(formulas);
        var sums = chart.Descendants<DocumentFormat.OpenXml.Drawing.Charts.NumberLiteral>().Single()
            .Descendants<DocumentFormat.OpenXml.Drawing.Charts.NumericValue>();
        Assert.Equal(rows * (rows + 1) / 2, sums.Sum(value => double.Parse(value.Text, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData(ChartKind.Bar, 1, true)]
    [InlineData(ChartKind.Bar, -1, false)]
    [InlineData(ChartKind.Line, 1, false)]
    public void Bars_begin_at_zero_unless_they_go_below(ChartKind kind, int sign, bool atZero)
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        (task.Chart, task.ChartX, task.ChartY) = (kind, "name", ["amount"]);
        var table = Mixed(5);
        table.Rows[2]["amount"] = 990m * sign;
        using var book = Export(table, task);
        Assert.Equal("", string.Join('\n', book.Errors()));
        var axis = Assert.Single(book.Sheet("Sales").DrawingsPart!.ChartParts.Single().ChartSpace
            .Descendants<DocumentFormat.OpenXml.Drawing.Charts.ValueAxis>());
        Assert.Equal(atZero ? 0d : null,
            axis.Descendants<DocumentFormat.OpenXml.Drawing.Charts.MinAxisValue>().SingleOrDefault()?.Val?.Value);
    }

    [Theory]
    [InlineData("sum", "2 times of the column 'late' of 'Sales' are below zero")]
    [InlineData("avg", "2 times of the column 'late' of 'Sales' are below zero")]
    [InlineData("count", null)]
    public void Times_below_zero_are_in_a_total_that_is_fixed_and_a_warning_says_so(string total, string? warning)
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.Total = new OrderedDictionary { ["late"] = total };
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("late", typeof(TimeSpan));
        Array.ForEach([6, -3, 12, -1], hours => table.Rows.Add(TimeSpan.FromHours(hours)));
        using var book = Export(table, task);
        Assert.Equal(total switch { "sum" => "0.5833333333333334", "avg" => "0.14583333333333334", _ => "4" }, book.Cells("Sales")["A6"]);
        Assert.Equal(warning is not null, folder.Warnings.Exists(said => said.StartsWith(warning!, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_long_name_is_never_cut_within_a_character()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.Name = new string('x', 79) + "\U0001F4C8" + "y";
        using var book = Export(Mixed(1), task);
        var head = book.Sheet("Sales").Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.OddHeader>().Single().Text;
        Assert.Equal($"&L&14&\"-,Bold\"{new string('x', 79)}", head);
    }

    [Theory]
    // the library that knows Excel's formats fails for zero, and for numbers that are no date
    [InlineData("0.00E+00")]
    [InlineData("yyyy-mm-dd")]
    public void A_format_that_does_not_suit_a_value_leaves_the_workbook_whole(string format)
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.ColumnFormat = new OrderedDictionary { ["amount"] = format };
        var table = Mixed(3);
        table.Rows[0]["amount"] = 0m;
        table.Rows[1]["amount"] = 20261231235959m;
        using var book = Export(table, task);
        Assert.Equal("", string.Join('\n', book.Errors()));
    }

    [Theory]
    // whole days are drawn in order and apart; Excel's axis of dates knows no hours, and bars may be a ranking
    [InlineData(ChartKind.Line, 0, true)]
    [InlineData(ChartKind.Line, 5, false)]
    [InlineData(ChartKind.Bar, 0, false)]
    public void A_line_over_days_has_an_axis_of_dates(ChartKind kind, int hours, bool isDateAxis)
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.Chart = kind;
        using var table = new DataTable();
        table.Columns.Add("day", typeof(DateTime));
        table.Columns.Add("amount", typeof(decimal));
        table.Rows.Add(new DateTime(2026, 1, 11).AddHours(hours), 3m);
        table.Rows.Add(new DateTime(2026, 1, 1), 1m);
        using var book = Export(table, task);
        Assert.Equal("", string.Join('\n', book.Errors()));
        var plot = book.Sheet("Sales").DrawingsPart!.ChartParts.Single().ChartSpace;
        Assert.Equal(isDateAxis, plot.Descendants<DocumentFormat.OpenXml.Drawing.Charts.DateAxis>().Any());
        Assert.Equal(!isDateAxis, plot.Descendants<DocumentFormat.OpenXml.Drawing.Charts.CategoryAxis>().Any());
    }

    [Fact]
    public void A_chart_of_a_hidden_column_has_its_values_inside()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        (task.Chart, task.ChartX, task.ChartY, task.Hide) = (ChartKind.Bar, "name", ["amount"], ["amount"]);
        using var book = Export(Mixed(5), task);
        Assert.Equal("", string.Join('\n', book.Errors()));
        var chart = book.Sheet("Sales").DrawingsPart!.ChartParts.Single().ChartSpace;
        Assert.Equal(3, chart.Descendants<DocumentFormat.OpenXml.Drawing.Charts.NumberLiteral>().Single()
            .Descendants<DocumentFormat.OpenXml.Drawing.Charts.NumericValue>().Count());
        Assert.Empty(folder.Warnings);
    }

    [Theory]
    [InlineData("name", "sum", "text")]
    [InlineData("name", "avg", "text")]
    [InlineData("at", "sum", "dates")]
    public void A_column_with_nothing_to_add_has_no_total_and_a_warning_says_why(string column, string total, string words)
    {
        var task = ExportFolder.Task(ReportFormat.Excel, ReportFormat.Html);
        task.Total = new OrderedDictionary { [column] = total };
        using var book = Export(Mixed(5), task);
        Assert.Equal("", string.Join('\n', book.Errors()));
        Assert.DoesNotContain(book.Sheet("Sales").Worksheet.Descendants<CellFormula>(), _ => true);
        Assert.DoesNotContain(book.Table("Sales").Table.Descendants<TotalsRowFormula>(), _ => true);
        var warning = Assert.Single(folder.Warnings);
        Assert.Contains($"'{column}'", warning, StringComparison.Ordinal);
        Assert.Contains($"its values are {words}.", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void The_average_of_no_rows_is_no_error()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.Total = new OrderedDictionary { ["amount"] = "avg", ["id"] = "sum" };
        using var book = Export(Mixed(0), task);
        Assert.StartsWith("IFERROR(SUBTOTAL(101,", book.Cell("Sales", "C3").CellFormula!.Text, StringComparison.Ordinal);
        Assert.Equal("0", book.Cells("Sales")["A3"]);
        Assert.Empty(folder.Warnings);
        Assert.Equal("0,,,", File.ReadAllLines(LibreOffice.Convert(BookPath, "csv"))[^1]);
    }

    [Fact]
    public void Headers_stand_where_their_values_do()
    {
        using var book = Export(Mixed(2));
        string? Side(string reference) => book.Workbook.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>()
            .ElementAt((int)book.Cell("Sales", reference).StyleIndex!.Value).Alignment!.Horizontal!.InnerText;
        Assert.Equal(["right", "left", "right", "right"], new[] { "A1", "B1", "C1", "D1" }.Select(Side));
    }

    [Fact]
    public void Title_rows_stand_above_the_table_and_scroll_with_the_header()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.TitleRows = true;
        task.Description = "What was sold";
        using var book = Export(Mixed(3), task);
        Assert.Equal("", string.Join('\n', book.Errors()));
        Assert.Equal("text:Sales", book.Cells("Sales")["A1"]);
        Assert.Equal("text:What was sold", book.Cells("Sales")["A2"]);
        Assert.Equal("A5:D8", book.Table("Sales").Table.Reference!.Value);
        Assert.Equal("'Sales'!$5:$5", book.Workbook.Workbook.DefinedNames!.Single().InnerText);
    }

    [Fact]
    public void Without_title_rows_the_printed_page_has_title_and_period_above_the_table()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        (task.Name, task.Culture) = ("2026 & more", "de-DE");
        folder.Parameters = [new("since", "") { Date = new DateTime(2026, 9, 1) }, new("until", "") { Date = new DateTime(2026, 10, 1) }];
        using (var book = Export(Mixed(1), task))
        {
            Assert.Equal("", string.Join('\n', book.Errors()));
            var paper = book.Sheet("Sales").Worksheet.Descendants<HeaderFooter>().Single();
            Assert.Equal("&L&14&\"-,Bold\"2026 && more\n&9&\"-,Regular\"September 2026", paper.OddHeader!.Text.ReplaceLineEndings("\n"));
            Assert.StartsWith("&LDatenstand: 24.11.2026", paper.OddFooter!.Text, StringComparison.Ordinal);
        }

        task.Culture = "ar-SA";
        using (var mirrored = Export(Mixed(1), task))
        {
            var paper = mirrored.Sheet("Sales").Worksheet.Descendants<HeaderFooter>().Single();
            Assert.StartsWith("&R&14", paper.OddHeader!.Text, StringComparison.Ordinal);
            Assert.StartsWith("&L&P / &N&R", paper.OddFooter!.Text, StringComparison.Ordinal);
        }

        (task.TitleRows, task.Culture) = (true, "de-DE");
        using var titled = Export(Mixed(1), task);
        Assert.Equal(["text:2026 & more", "text:September 2026"], new[] { "A1", "A2" }.Select(cell => titled.Cells("Sales")[cell]));
        Assert.Empty(titled.Sheet("Sales").Worksheet.Descendants<OddHeader>());
    }

    [Fact]
    public void No_part_of_a_workbook_has_a_carriage_return_in_it()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        (task.TitleRows, task.Description, task.Chart, task.ChartX, task.ChartY) = (true, "one\r\ntwo\rthree", ChartKind.Bar, "a", ["b"]);
        task.Datasets[0].Charts[0].Title = "four\r\nfive";
        folder.Parameters = [new("p", "six\r\nseven")];
        folder.Sqlite(task,
            "select 'x' || char(13) || char(10) || 'y' as a, 1 as b union all select 'x' || char(13) || char(10) || 'y', 2");
        using var book = Open();
        Assert.Equal("", string.Join('\n', book.Errors()));
        using var zip = System.IO.Compression.ZipFile.OpenRead(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.All(zip.Entries.Where(entry => entry.FullName.EndsWith(".xml", StringComparison.Ordinal)
            && !entry.FullName.Contains("theme", StringComparison.Ordinal)), entry =>
        {
            using var text = new StreamReader(entry.Open());
            Assert.DoesNotMatch("_x000[dD]_|[^>]\r", text.ReadToEnd());
        });
    }

    [Theory]
    [InlineData("a\r\nb", "a b")]
    [InlineData("a\nb", "a b")]
    [InlineData("a\rb\u0085c", "a b c")]
    public void A_line_end_in_a_header_is_one_space(string name, string header) =>
        Assert.Equal([header], global::ReportScheduler.Exports.Excel.SheetNames.Headers([name]));

    [Fact]
    public void Title_rows_have_the_parameters_of_their_dataset()
    {
        var task = ExportFolder.TaskWithDatasets(["Orders", "Returns"], ReportFormat.Excel);
        task.TitleRows = true;
        var table = new DataTable();
        table.Columns.Add("x", typeof(int));
        folder.Parameters = [new("since", "2026-01-01"), new("region", "North", ["Returns"])];
        folder.Export(task,
            [.. task.AllDatasets().Select(dataset => (dataset.Name, (System.Data.Common.DbDataReader)table.CreateDataReader()))]);
        using var book = Open();
        Assert.Equal(["text:Since: 2026-01-01"],
            book.Cells("Orders").Values.Where(value => value.Contains(": ", StringComparison.Ordinal)));
        Assert.Equal(["text:Since: 2026-01-01", "text:Region: North"],
            book.Cells("Returns").Values.Where(value => value.Contains(": ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("select 'a' as name, 3 as amount union all select 'b', 2 union all select 'c', 1", "2563A6 E07B39 2A9D8F", true)]
    // a row without a slice would give those behind it other colours than in the PDF
    [InlineData("select 'a' as name, 3 as amount union all select 'b', -2 union all select 'c', 1", "2563A6 E07B39", false)]
    [InlineData("select 'a' as name, 3 as amount union all select 'b', null union all select 'c', 0 union all select 'd', 1",
        "2563A6 E07B39", false)]
    public void A_pie_has_the_colours_of_the_PDF(string sql, string colors, bool drawsCells)
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        (task.Chart, task.ChartX, task.ChartY) = (ChartKind.Pie, "name", ["amount"]);
        folder.Sqlite(task, sql);
        using var book = Open();
        Assert.Equal("", string.Join('\n', book.Errors()));
        var chart = book.Sheet("Sales").DrawingsPart!.ChartParts.Single().ChartSpace;
        Assert.Equal(colors, string.Join(' ', chart.Descendants<DocumentFormat.OpenXml.Drawing.Charts.DataPoint>()
            .Select(point =>
                point.ChartShapeProperties!.GetFirstChild<DocumentFormat.OpenXml.Drawing.SolidFill>()!.RgbColorModelHex!.Val!.Value)));
        Assert.Equal(drawsCells, chart.Descendants<DocumentFormat.OpenXml.Drawing.Charts.Formula>().Any());
    }

    [Fact]
    public void Names_that_Excel_refuses_are_made_fit()
    {
        var task = ExportFolder.TaskWithDatasets(["a/b*c", "A_B_C", "T1", new string('x', 40), "'quoted'"], ReportFormat.Excel);
        var table = new DataTable();
        Array.ForEach(["x", "y\nz"], name => table.Columns.Add(name, typeof(int)));
        folder.Export(task,
            [.. task.AllDatasets().Select(dataset => (dataset.Name, (System.Data.Common.DbDataReader)table.CreateDataReader()))]);
        using var book = Open();
        Assert.Equal(["a_b_c", "A_B_C (2)", "T1", new string('x', 31), "quoted"], book.SheetNames);
        Assert.Equal("", string.Join('\n', book.Errors()));
    }

    [Fact]
    public void Text_longer_than_a_cell_is_cut_and_said()
    {
        using var book = Export(Table(("v", typeof(string)), [new string('x', 40000)]));
        Assert.Equal(32767, book.Cells("Sales")["A2"].Length - "text:".Length);
        Assert.Contains("32767", Assert.Single(folder.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_workbook_says_what_it_is_and_prints_well()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.Owner = "owner@example.com";
        task.PageSize = PageSize.Letter;
        task.ColumnWidth = new OrderedDictionary { ["name"] = 120 };
        using var book = Export(Mixed(3), task);
        var sheet = book.Sheet("Sales").Worksheet;
        var setup = sheet.Descendants<PageSetup>().Single();
        Assert.Equal((OrientationValues.Landscape, 1u, 1u, 0u),
            (setup.Orientation!.Value, setup.PaperSize!.Value, setup.FitToWidth!.Value, setup.FitToHeight!.Value));
        Assert.Equal("frozen", sheet.Descendants<Pane>().Single().State!.InnerText);
        Assert.Contains("&P / &N", sheet.Descendants<OddFooter>().Single().Text, StringComparison.Ordinal);
        using var document = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(BookPath, false);
        Assert.Equal(("Sales", "owner@example.com"), (document.PackageProperties.Title, document.PackageProperties.Creator));
        Assert.Equal(new DateTime(2026, 11, 24, 9, 0, 5, DateTimeKind.Utc), document.PackageProperties.Created!.Value.ToUniversalTime());
    }

    [Theory]
    [InlineData("select 1234567 as v", null, 8.7, 9.5)]
    [InlineData("select 7 as v", null, 3.7, 3.72)]
    [InlineData("select 12.5 as v", "#,##0.00 €", 7, 8.5)]
    [InlineData("select 'a long text that is wrapped' as v", null, 3.7, 3.72)]
    public void A_width_too_narrow_for_a_number_makes_room_for_it(string sql, string? format, double least, double most)
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.ColumnWidth = new OrderedDictionary { ["v"] = 3 };
        task.ColumnFormat = format is null ? null : new OrderedDictionary { ["v"] = format };
        folder.Sqlite(task, sql);
        using var book = Open();
        Assert.InRange(book.Sheet(book.SheetNames[0]).Worksheet.Descendants<Column>().First().Width!.Value, least, most);
    }

    [Fact]
    public void A_row_is_as_high_as_its_wrapped_text()
    {
        using var book = Export(
            Table(("v", typeof(string)), "short", "two\nlines", new string('x', 150), string.Concat(Enumerable.Repeat("word ", 3000))));
        var rows = book.Sheet("Sales").Worksheet.Descendants<Row>().ToList();
        Assert.Equal([null, null, 30, 45, 405], rows.Select(row => row.Height?.Value));
        var style = book.Workbook.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>()
            .ElementAt((int)book.Cell("Sales", "A3").StyleIndex!.Value);
        Assert.True(style.Alignment!.WrapText!.Value);
    }

    [Fact]
    public void A_sheet_too_wide_to_be_read_on_one_page_goes_on_beside_with_its_first_column()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.ColumnWidth = new OrderedDictionary { ["name"] = 200, ["at"] = 150 };
        var table = Mixed(3);
        for (var more = 1; more <= 9; more++)
        {
            table.Columns.Add($"more{more}", typeof(int));
        }

        using var book = Export(table, task);
        Assert.Equal(2u, book.Sheet("Sales").Worksheet.Descendants<PageSetup>().Single().FitToWidth!.Value);
        Assert.Equal("'Sales'!$A:$A,'Sales'!$1:$1", book.Workbook.Workbook.DefinedNames!.Single().InnerText);
        Assert.Equal("", string.Join('\n', book.Errors()));
    }

    [Fact]
    public void A_sheet_of_twelve_columns_is_printed_on_one_page_however_wide_they_are()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.ColumnWidth = new OrderedDictionary { ["c1"] = 200, ["c12"] = 200 };
        folder.Sqlite(task, "select " + string.Join(", ", Enumerable.Range(1, 12).Select(number => $"{number} as c{number}")));
        using var book = Open();
        Assert.Equal(1u, book.Sheet("Sales").Worksheet.Descendants<PageSetup>().Single().FitToWidth!.Value);
    }

    [Fact]
    public void Truth_values_keep_the_real_General_format()
    {
        using var book = Export(Table(("v", typeof(bool)), true));
        var format = book.Workbook.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>()
            .ElementAt((int)book.Cell("Sales", "A2").StyleIndex!.Value);
        Assert.Equal(0u, format.NumberFormatId!.Value);
        Assert.DoesNotContain(book.Workbook.WorkbookStylesPart.Stylesheet.NumberingFormats?.Elements<NumberingFormat>() ?? [],
            number => number.NumberFormatId!.Value < 164);
    }

    [Fact]
    public void Disposed_before_the_end_it_leaves_no_file()
    {
        using (var writer = new ExcelWriter(folder.Document(ExportFolder.Task(ReportFormat.Excel))))
        {
            Feed(writer, 20_000, end: false);
        }

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private string BookPath => Path.Combine(folder.Path, "sales.xlsx");

    private OpenedWorkbook Open() => new(BookPath);

    private OpenedWorkbook Export(DataTable table, ReportTask? task = null)
    {
        folder.Export(task ?? ExportFolder.Task(ReportFormat.Excel), ("Sales", table.CreateDataReader()));
        return Open();
    }

    private static DataTable Table((string Name, Type Type) column, params object[] values)
    {
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add(column.Name, column.Type);
        Array.ForEach(values, value => table.Rows.Add(value));
        return table;
    }

    private static DataTable Mixed(int rows)
    {
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("id", typeof(int));
        table.Columns.Add("name", typeof(string));
        table.Columns.Add("amount", typeof(decimal));
        table.Columns.Add("at", typeof(DateTime));
        var start = new DateTime(2026, 1, 1, 0, 0, 1);
        for (var row = 0; row < rows; row++)
        {
            table.Rows.Add(row + 1, row % 3 == 0 ? $"unique {row}" : "North", 1000.25m + (row * 7.5m), start.AddSeconds(row * 12345));
        }

        return table;
    }

    private static void Feed(ExcelWriter writer, int rows, bool end = true)
    {
        writer.Begin("Sales",
            [new SourceColumn(0, "id", "id", ColumnKind.Integer), new SourceColumn(1, "amount", "amount", ColumnKind.Integer)]);
        var batch = new RowBatch(2);
        for (var row = 1; row <= rows; row++)
        {
            batch.Fill(batch.Count)[0].SetInteger(row);
            batch.Fill(batch.Count++)[1].SetInteger(row);
            if (batch.Count == batch.Capacity || row == rows)
            {
                writer.Write(batch);
                batch.Count = 0;
            }
        }

        if (end)
        {
            writer.End(CancellationToken.None);
        }
    }
}
