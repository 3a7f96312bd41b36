using System.Globalization;
using System.IO.Compression;
using MimeKit;
using ReportScheduler.Tests.Support;

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

    [Fact]
    public void Page_mail_and_sheet_are_read_from_right_to_left()
    {
        using var session = new PowerShellSession();
        session.Run("New-ReportConnection mem -ConnectionString 'Data Source=:memory:' -Provider Sqlite; "
            + "New-ReportMailServer m -PickupDirectory mails -From r@example.com; New-ReportTask sales mem "
            + "-Query \"select 'a' as name, -5 as amount\" -Format Html, Excel -Culture he-IL -To a@example.com").NoErrors();
        dynamic run = session.Run("Invoke-ReportTask sales").Single();
        var files = (string[])run.Files;
        Assert.Contains("<html lang=\"he-IL\" dir=\"rtl\">",
            File.ReadAllText(files.Single(file => file.EndsWith(".html", StringComparison.Ordinal))), StringComparison.Ordinal);
        using (var book = ZipFile.OpenRead(files.Single(file => file.EndsWith(".xlsx", StringComparison.Ordinal))))
        {
            Assert.Contains("rightToLeft=\"1\"", Text(book, "xl/worksheets/sheet1.xml"), StringComparison.Ordinal);
            Assert.DoesNotContain("horizontal=\"left\"", Text(book, "xl/styles.xml"), StringComparison.Ordinal);
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
