using System.Globalization;
using ReportScheduler.Tests.Exports.Excel;

namespace ReportScheduler.Tests.Exports;

public sealed class NativePivotTests : IDisposable
{
    private const string Sales = """
        create table sales(region text, product text, month date, amount decimal(10,2), units integer);
        insert into sales values ('North', 'Tea', '2026-02-01', 10.50, 2), ('South', 'Tea', '2026-01-01', 1, 1), ('North', 'Coffee', '2026-01-01', 2.25, 3), ('north', 'Tea', '2026-01-01', 4, 3), (null, 'Tea', '2026-02-01', -3, null);
        select * from sales
        """;

    private const string Reader = """
        import sys, openpyxl
        book = openpyxl.load_workbook(sys.argv[1])
        print(",".join(book.sheetnames))
        for sheet in book:
            for pivot in sheet._pivots:
                cache = pivot.cache
                print(sheet.title, pivot.location.ref, pivot.dataFields[0].name, pivot.dataFields[0].subtotal, cache.cacheSource.worksheetSource.name, cache.refreshOnLoad)
                print(",".join(field.name for field in cache.cacheFields))
                for field, known in zip(pivot.pivotFields, cache.cacheFields):
                    print(field.axis, field.dataField, len(field.items), len(known.sharedItems._fields), known.sharedItems.containsBlank, known.sharedItems.containsDate)
        """;

    private readonly ExportFolder folder = new();

    private string File => Path.Combine(folder.Path, "sales.xlsx");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_pivot_table_stands_between_the_matrix_and_the_rows_it_reads()
    {
        folder.Sqlite(Task("sum", "amount", "region"), Sales);
        using (var book = new OpenedWorkbook(File))
        {
            Assert.Equal("", string.Join('\n', book.Errors()));
            var cells = book.Cells("Sales pivot");
            string[] expected = ["text:Total: amount", "text:month", "text:region", "46023", "46054", "text:Total", "text:North", "6.25",
                "10.5", "16.75", "text:South", "1", "1", "text:–", "-3", "-3", "text:Total", "7.25", "7.5", "14.75"];
            Assert.Equal(expected, new[] { "A1", "B1", "A2", "B2", "C2", "D2", "A3", "B3", "C3", "D3", "A4", "B4", "D4", "A5", "C5", "D5",
                "A6", "B6", "C6", "D6" }.Select(cell => cells[cell]));
            Assert.Equal(["text:North", "text:South", "text:North", "text:north"],
                new[] { "A2", "A3", "A4", "A5" }.Select(cell => book.Cells("Sales rows")[cell]));
        }

        string[] seen = ["Sales,Sales pivot,Sales rows", "Sales pivot A1:D6 Total: amount sum T_Sales_rows True",
            "region,product,month,amount,units", "axisRow None 3 3 True None", "None None 0 0 None None", "axisCol None 2 2 None True",
            "None True 0 0 None None", "None None 0 0 None None", ""];
        Assert.Equal(seen, Python.Run("openpyxl", Reader, File));
        Assert.Empty(folder.Warnings);
    }

    [Fact]
    public void An_empty_value_is_told_from_none_and_words_are_one_column_in_the_language_of_the_report()
    {
        var task = Task("count", null, "region");
        task.Culture = "de-DE";
        folder.Sqlite(task, "create table s(region text, month boolean); "
            + "insert into s values ('', 1), (null, 1), ('North', 0), ('', 0); select * from s");
        using var book = new OpenedWorkbook(File);
        Assert.Equal("", string.Join('\n', book.Errors()));
        var cells = book.Cells("Sales Pivot");
        Assert.Equal(["text:(leer)", "text:–", "text:North"], new[] { "A3", "A4", "A5" }.Select(cell => cells[cell]));
        Assert.NotEmpty(book.Cells("Sales Zeilen"));
    }

    [Theory]
    [InlineData("sum", "units", "6,2,8", "7,2,9")]
    [InlineData("avg", "units", "3,2,2.67", "2.33,2,2.25")]
    [InlineData("count", null, "2,1,3", "3,2,5")]
    [InlineData("count", "units", "2,1,3", "3,1,4")]
    [InlineData("min", "amount", "2.25,10.5,2.25", "1,-3,-3")]
    public void LibreOffice_works_out_what_stands_there(string function, string? value, string north, string total)
    {
        folder.Sqlite(Task(function, value, "region"), Sales);
        LibreOffice.Convert(File, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2");
        var lines = System.IO.File.ReadAllLines(Path.Combine(folder.Path, "sales-Sales pivot.csv"));
        // it calls its totals as its own language does
        string Numbers(string line) => string.Join(',', line.Split(',').Skip(1)
            .Select(number => Math.Round(decimal.Parse(number, CultureInfo.InvariantCulture), 2)
                .ToString("0.##", CultureInfo.InvariantCulture)));
        Assert.Equal(north, Numbers(lines[2]));
        Assert.Equal(total, Numbers(lines[5]));
    }

    [Fact]
    public void Lines_of_several_columns_lie_in_one_another_with_what_repeats_left_out()
    {
        folder.Sqlite(Task("sum", "amount", "region", "product"), Sales);
        using var book = new OpenedWorkbook(File);
        Assert.Equal("", string.Join('\n', book.Errors()));
        var cells = book.Cells("Sales pivot");
        string[] expected = ["North|Tea|14.5", "|Coffee|2.25", "South|Tea|1", "–|Tea|-3", "Total||14.75"];
        Assert.Equal(expected, Enumerable.Range(3, 5).Select(row => string.Join('|', new[] { "A", "B", "E" }
            .Select(column => cells.GetValueOrDefault($"{column}{row}", "").Replace("text:", "", StringComparison.Ordinal)))));
    }

    public static TheoryData<string, string, Action<ReportTask>> Refused => new()
    {
        // words of the error, its id, what the task asks for
        { "Excel to -Format", "NativePivotNotUsable", task => task.Format = [ReportFormat.Csv] },
        { "with -Pivot", "NativePivotNotUsable", task => task.Datasets[0].Pivot = null },
        { "no distinct values", "NativePivotNotUsable", task => task.Datasets[0].Pivot!.Function = ColumnTotal.Distinct },
        { "the template 'x.xlsx'", "TemplateOptionNotUsable", task => task.Template = "x.xlsx" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_Excel_could_not_follow_is_refused(string words, string id, Action<ReportTask> change)
    {
        var task = Task("sum", "amount", "region");
        change(task);
        var error = Assert.Throws<ReportException>(() => ReportScheduler.Exports.ExportOptions.Check(task));
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_number_is_counted_only()
    {
        var error = Assert.Throws<ReportException>(() => folder.Sqlite(Task("max", "product", "region"), Sales));
        Assert.Equal("NativePivotNotNumeric", error.ErrorId);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Each_of_several_matrices_has_its_own_and_values_of_many_kinds_stay_apart()
    {
        var task = ExportFolder.TaskWithDatasets(["A", "B"], ReportFormat.Excel, ReportFormat.Csv, ReportFormat.Pdf);
        foreach (var dataset in task.Datasets)
        {
            (dataset.Pivot, dataset.NativePivot) = (new ReportPivot { Rows = ["x"], Columns = "y", Value = "z" }, true);
        }

        const string rows = "select column1 as x, column2 as y, column3 as z "
            + "from (values ('a&<\"', 1, 1), ('_x0041_', 2.5, 2), (' ', null, 3), ('', 'text', 4), (null, 1, 5))";
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = rows;
        using var first = command.ExecuteReader();
        using var other = connection.CreateCommand();
        other.CommandText = rows;
        using var second = other.ExecuteReader();
        folder.Export(task, ("A", first), ("B", second));
        using var book = new OpenedWorkbook(File);
        Assert.Equal("", string.Join('\n', book.Errors()));
        var seen = Python.Run("openpyxl", Reader, File);
        Assert.Equal("A,A pivot,A rows,B,B pivot,B rows", seen[0]);
        Assert.Equal(2, seen.Count(line => line.Contains("Total: z", StringComparison.Ordinal)));
    }

    private static ReportTask Task(string function, string? value, params string[] rows)
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.Datasets[0].Pivot =
            new ReportPivot { Rows = rows, Columns = "month", Value = value, Function = ColumnShorthand.TotalOf(function)!.Value };
        task.Datasets[0].NativePivot = true;
        return task;
    }
}
