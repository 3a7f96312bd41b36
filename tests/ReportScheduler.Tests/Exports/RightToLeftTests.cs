using System.Globalization;
using System.IO.Compression;
using MimeKit;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;
using ReportScheduler.Tests.Support;
using ReportScheduler.Time;

namespace ReportScheduler.Tests.Exports;

public sealed class RightToLeftTests
{
    [Theory]
    [InlineData("he-IL")]
    [InlineData("ar-SA")]
    public void Columns_of_a_pdf_begin_at_the_right_and_digits_stand_below_one_another(string culture)
    {
        using var report = new PdfReport { Culture = CultureInfo.GetCultureInfo(culture) };
        using var pdf = report.Write(["alpha", "beta"], ["first", 5], ["second", 12345]).Open();
        var words = pdf.GetPage(1).GetWords().DistinctBy(word => word.Text).ToDictionary(word => word.Text, StringComparer.Ordinal);
        Assert.True(words["Alpha"].BoundingBox.Left > words["Beta"].BoundingBox.Left);
        Assert.True(words["first"].BoundingBox.Left > words["5"].BoundingBox.Right);
        Assert.Equal(words["first"].BoundingBox.Right, words["second"].BoundingBox.Right, 1.0);
        var large = words.Values.Single(word => word.Text.StartsWith("12", StringComparison.Ordinal));
        Assert.Equal(words["5"].BoundingBox.Right, large.BoundingBox.Right, 1.0);
    }

    [Theory]
    // in words of the language, and of the calendar of the table
    [InlineData("ar-SA", "2026")]
    [InlineData("fa-IR", "2026")]
    [InlineData("he-IL", "2026")]
    // a sentence in another language has a date that runs its way
    [InlineData("ur-PK", "Data as of 2026-11-24 09:00 (Asia/Riyadh)")]
    [InlineData("th-TH", "2026")]
    public void The_time_of_the_data_is_one_that_the_table_would_show(string culture, string part)
    {
        var at = new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.FromHours(3));
        var note = DataTime.Note(at, ReportCulture.Of(culture), "Asia/Riyadh");
        Assert.Contains(part, note, StringComparison.Ordinal);
        Assert.Equal(culture is "ur-PK" or "th-TH", note.Contains("Data as of", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ar-SA", "-1,234.5", "-12.5%")]
    [InlineData("fa-IR", "-1,234.5", "-12.5%")]
    [InlineData("he-IL", "-1,234.5", "-12.5%")]
    [InlineData("ar-EG", "-1,234.5", "-12.5%")]
    [InlineData("de-DE", "-1.234,5", "-12,5%")]
    public void A_number_has_its_sign_in_front(string culture, string number, string percent)
    {
        var known = ReportCulture.Of(culture);
        Assert.Equal(number, (-1234.5m).ToString("N1", known).Replace('\u2212', '-'));
        var cell = default(Cell);
        cell.SetDecimal(-0.125m);
        Assert.Equal(percent, new CellText(known, "0.0%").Of(cell).Replace('\u2212', '-'));
        Assert.DoesNotContain("g", known.DateTimeFormat.ShortDatePattern, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_without_a_zone_of_its_own_is_in_UTC() => Assert.Equal("Data as of 2026-11-24 09:00 (UTC)",
        DataTime.Note(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero), CultureInfo.InvariantCulture, "Etc/UTC"));

    [Fact]
    public void The_number_of_a_page_is_read_from_right_to_left_too()
    {
        using var report = new PdfReport { Culture = ReportCulture.Of("he-IL") };
        using var pdf = report.Write(["a"], [1]).Open();
        var words = pdf.GetPage(1).GetWords().Where(word => word.BoundingBox.Bottom < 60).ToList();
        // of the line \u05E2\u05DE\u05D5\u05D3 1 \u05DE\u05EA\u05D5\u05DA 1 the first word stands at the right
        Assert.True(words.Count >= 2);
        var page = words.Where(word => word.Text.Contains('\u05E2', StringComparison.Ordinal)).Max(word => word.BoundingBox.Right);
        Assert.All(words.Where(word => word.Text.Contains('\u05EA', StringComparison.Ordinal)),
            word => Assert.True(word.BoundingBox.Right < page));
    }

    [Fact]
    public void Page_mail_and_sheet_are_read_from_right_to_left()
    {
        using var session = new PowerShellSession();
        session.Run("New-ReportConnection mem -ConnectionString 'Data Source=:memory:' -Provider Sqlite; "
            + "New-ReportMailServer m -PickupDirectory mails -From r@example.com; New-ReportTask sales mem "
            + "-Query \"select 'a' as name, -5 as amount\" -Format Html, Excel -Culture he-IL -To a@example.com "
            + "-ColumnFormat @{ amount = 'currency EUR' } -Chart Bar").NoErrors();
        dynamic run = session.Run("Invoke-ReportTask sales").Single();
        var files = (string[])run.Files;
        Assert.Contains("<html lang=\"he-IL\" dir=\"rtl\">",
            File.ReadAllText(files.Single(file => file.EndsWith(".html", StringComparison.Ordinal))), StringComparison.Ordinal);
        using (var book = ZipFile.OpenRead(files.Single(file => file.EndsWith(".xlsx", StringComparison.Ordinal))))
        {
            Assert.Contains("rightToLeft=\"1\"", Text(book, "xl/worksheets/sheet1.xml"), StringComparison.Ordinal);
            Assert.DoesNotContain("horizontal=\"left\"", Text(book, "xl/styles.xml"), StringComparison.Ordinal);
            // the currency at the end of a title stands at its left
            var chart = Text(book, "xl/charts/chart1.xml");
            Assert.Contains("<a:pPr rtl=\"1\">", chart, StringComparison.Ordinal);
            Assert.Matches("<a:t>\u202B[^<]*, EUR\u202C</a:t>", chart);
        }

        var mail = MimeMessage.Load(Directory.GetFiles(Path.Combine(session.Folder, "mails")).Single()).HtmlBody!;
        Assert.Contains("<body class=\"desk\" dir=\"rtl\"", mail, StringComparison.Ordinal);
        // the sign of a number stays in front of it
        Assert.Contains("<td dir=\"ltr\"", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("text-align:start", mail, StringComparison.Ordinal);
    }

    private static string Text(ZipArchive book, string part)
    {
        using var reader = new StreamReader(book.GetEntry(part)!.Open());
        return reader.ReadToEnd();
    }
}
