using System.Collections.Specialized;
using System.Text.RegularExpressions;

namespace ReportScheduler.Tests.Exports;

/// <summary>Numbers of columns without a format look in PDF, HTML and mail as
/// LibreOffice shows them in the workbook of the same run.</summary>
public sealed class NumbersAsInExcelTests : IDisposable
{
    private readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "1,234.50 -99.25 20,000.00 0.00", "sum", "21,135.25")]
    [InlineData("de-DE", "1.234,50 -99,25 20.000,00 0,00", "avg", "5.283,81")]
    public void Fractions_have_as_many_digits_as_the_one_that_has_most(string culture, string shown, string total, string totalShown)
    {
        var task = Task(culture, total);
        Same(task, "create table t(n real); insert into t values (1234.5), (-99.25), (20000), (0); select n, 'end' as word from t", shown,
            totalShown);
    }

    [Theory]
    [InlineData("7 30 100", "sum", "137", "select 7 as n, 'end' as word union all select 30, 'end' union all select 100, 'end'")]
    [InlineData("7 30 10,000", "sum", "10,037", "select 7 as n, 'end' as word union all select 30, 'end' union all select 10000, 'end'")]
    [InlineData("1 1 2", "avg", "1.33", "select 1 as n, 'end' as word union all select 1, 'end' union all select 2, 'end'")]
    [InlineData("0.50 0.30", "sum", "0.80", "select 0.5 as n, 'end' as word union all select 0.1 + 0.2, 'end'")]
    public void Whole_numbers_have_none_and_what_they_come_to_has_groups(string shown, string total, string totalShown, string sql) =>
        Same(Task("", total), sql, shown, totalShown);

    [Fact]
    public void A_number_with_more_digits_than_anybody_reads_is_shown_as_it_is()
    {
        var task = ExportFolder.Task(ReportFormat.Html);
        folder.Sqlite(task, "select 1.0 / 3 as n union all select 1e-12 union all select 2.5");
        Assert.Equal("0.333333333333333 1E\u221212 2.5", string.Join(' ', Html("n")));
    }

    [Fact]
    public void A_total_has_the_digits_of_all_rows_also_where_only_the_first_are_shown()
    {
        var preview = folder.Sqlite(Task("", "sum"), "with recursive r(i) as (values (1) union all select i + 1 from r where i < 3000) "
            + "select iif(i = 3000, 0.25, 1.0) as n, 'end' as word from r").Datasets[0];
        Assert.Equal("2,999.25", preview.Totals[0][0]);
        Assert.Equal("2,999.25", Html("n").Last());
    }

    private static ReportTask Task(string culture, string total)
    {
        var task = ExportFolder.Task(ReportFormat.Excel, ReportFormat.Html, ReportFormat.Pdf);
        (task.Culture, task.Total) = (culture, new OrderedDictionary { ["n"] = total });
        return task;
    }

    private void Same(ReportTask task, string sql, string shown, string totalShown)
    {
        var preview = folder.Sqlite(task, sql).Datasets[0];
        // Excel has no true minus sign
        var inExcel = shown.Split(' ');
        var rows = inExcel.Select(row => row.Replace('-', '\u2212')).ToArray();
        Assert.Equal(rows, from row in preview.FirstRows select row[0]);
        Assert.Equal(totalShown, preview.Totals[0][0]);
        Assert.Equal([.. rows, totalShown], Html("n"));
        var pdf = PdfReport.Run("pdftotext", "-layout", Path.Combine(folder.Path, "sales.pdf"), "-");
        Assert.All([.. rows.Select(row => $@"{Regex.Escape(row)}\s+end"), Regex.Escape(totalShown)],
            text => Assert.Matches($@"(?m)^\s*{text}", pdf));
        if (task.Culture == "")
        {
            // LibreOffice's own language is English here
            var office = File.ReadAllLines(
                LibreOffice.Convert(Path.Combine(folder.Path, "sales.xlsx"), "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"));
            Assert.Equal([.. inExcel, totalShown], office.Skip(1).Where(line => line.Length > 0)
                .Select(line => Regex.Match(line, "^\"?([-0-9.,]+?)\"?(,end)?,?$").Groups[1].Value));
        }
    }

    private IEnumerable<string> Html(string kind) =>
        Regex.Matches(File.ReadAllText(Path.Combine(folder.Path, "sales.html")), $"<td class=\"{kind}\"[^>]*>(.*?)</td>")
            .Select(match => match.Groups[1].Value);
}
