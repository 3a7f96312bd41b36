using System.IO.Compression;
using System.Text.RegularExpressions;
using MimeKit;
using ReportScheduler.Tests.Support;
using UglyToad.PdfPig;

namespace ReportScheduler.Tests.Commands;

public sealed class ThemeCommandTests
{
    private const string Task = "New-ReportConnection mem -ConnectionString 'Data Source=:memory:' -Provider Sqlite; "
        + "New-ReportMailServer m -PickupDirectory mails -From 'Reports <r@example.com>'; "
        + "New-ReportTask sales mem -Query \"select 'North' as region, 10 as amount union all select 'South', 20\" "
        + "-Format Excel, Pdf, Html -Chart Bar -GroupBy region -Total @{ amount = 'sum' } -To a@example.com; ";

    [Fact]
    public void A_theme_is_made_listed_changed_and_removed()
    {
        using var session = new PowerShellSession();
        File.WriteAllBytes(Path.Combine(session.Folder, "logo.png"), TestPictures.Png(60, 20));
        session.Run("New-ReportTheme contoso navy -WhatIf").NoErrors();
        Assert.Empty(session.Run("Get-ReportTheme").Output);
        dynamic made = session.Run("New-ReportTheme contoso navy -Logo ./logo.png -Footer 'Internal use' -Font Georgia").Single();
        Assert.Equal(("contoso", "#000080", "Georgia", "Internal use"),
            ((string)made.Name, (string)made.BrandColor, (string)made.Font, (string)made.Footer));
        Assert.Equal(Path.Combine(session.Folder, "logo.png"), (string)made.Logo);
        dynamic changed = session.Run("Set-ReportTheme contoso -SenderLine Finance -Font '' -PassThru").Single();
        Assert.Equal(("#000080", null, "Finance", "Internal use"),
            ((string)changed.BrandColor, (string?)changed.Font, (string)changed.SenderLine, (string)changed.Footer));
        Assert.NotEmpty((byte[])changed.LogoPicture);
        // the logo is in the store, and goes with the theme to another one
        File.Delete(Path.Combine(session.Folder, "logo.png"));
        dynamic piped = session.Run("Get-ReportTheme contoso | New-ReportTheme -StorePath ./other/reports.db").Single();
        Assert.Equal((byte[])changed.LogoPicture, (byte[])piped.LogoPicture);
        Assert.Null(((dynamic)session.Run("Set-ReportTheme contoso -Logo '' -PassThru").Single()).LogoPicture);
        Assert.StartsWith("NameTaken,", session.Run("New-ReportTheme Contoso").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        session.Run("Remove-ReportTheme contoso").NoErrors();
        Assert.Empty(session.Run("Get-ReportTheme").NoErrors().Output);
    }

    [Theory]
    [InlineData("New-ReportTheme t '#FF9900'", "BrandColorTooPale")]
    [InlineData("New-ReportTheme t '#GG9900'", "BrandColorUnknown")]
    [InlineData("New-ReportTheme none", "ThemeNameReserved")]
    [InlineData("New-ReportTheme t -Font \"x';}\"", "ThemeNotUsable")]
    [InlineData("New-ReportTheme t -Footer \"a`nb\"", "ThemeNotUsable")]
    [InlineData("New-ReportTheme t -Logo nowhere.png", "FileNotFound")]
    [InlineData("New-ReportTheme t -Logo text.png", "ThemeNotUsable")]
    [InlineData("Set-ReportTheme nobody navy", "ThemeNotFound")]
    [InlineData("Remove-ReportTheme nobody", "ThemeNotFound")]
    [InlineData("Set-ReportSchedulerOption -Theme nobody", "ThemeNotFound")]
    [InlineData(Task + "Set-ReportTask sales -Theme nobody", "ThemeNotFound")]
    [InlineData("1 | Export-Report x.html -Theme nobody", "ThemeNotFound")]
    public void What_cannot_be_a_theme_is_refused_by_name(string script, string id)
    {
        using var session = new PowerShellSession();
        session.Run("New-ReportTheme other navy").NoErrors();
        File.WriteAllText(Path.Combine(session.Folder, "text.png"), "text");
        var error = session.Run(script).Errors[^1];
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Single(session.Run("Get-ReportTheme").Output);
    }

    [Fact]
    public void A_theme_that_is_used_stays_unless_it_is_forced_and_the_run_warns_then()
    {
        using var session = new PowerShellSession();
        session.Run(Task + "New-ReportTheme contoso navy; Set-ReportTask sales -Theme contoso").NoErrors();
        var error = session.Run("Remove-ReportTheme contoso").Error();
        Assert.StartsWith("ThemeInUse,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("'sales'", error.Exception.Message, StringComparison.Ordinal);
        session.Run("Set-ReportTask sales -Theme ''; Set-ReportSchedulerOption -Theme contoso").NoErrors();
        Assert.Contains("the store", session.Run("Remove-ReportTheme contoso").Error().Exception.Message, StringComparison.Ordinal);
        session.Run("Remove-ReportTheme contoso -Force").NoErrors();
        dynamic run = session.Run("Invoke-ReportTask sales").Output.Single();
        Assert.Equal("Succeeded", (string)run.Outcome.ToString());
        Assert.Contains("There is no report theme 'contoso'", string.Join(' ', (string[])run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Themes_go_with_an_export_and_a_copy_of_the_store()
    {
        using var session = new PowerShellSession();
        File.WriteAllBytes(Path.Combine(session.Folder, "logo.png"), TestPictures.Png(60, 20));
        session.Run(Task + "New-ReportTheme contoso navy -Logo ./logo.png; New-ReportTheme unused; Set-ReportTask sales -Theme contoso; "
            + "$null = Export-ReportTask defs.json; $null = Export-ReportTask one.json -Name sales").NoErrors();
        Assert.Contains("\"unused\"", File.ReadAllText(Path.Combine(session.Folder, "defs.json")), StringComparison.Ordinal);
        Assert.DoesNotContain("\"unused\"", File.ReadAllText(Path.Combine(session.Folder, "one.json")), StringComparison.Ordinal);
        var again = session.Run("Import-ReportTask defs.json").NoErrors();
        Assert.Contains("2 report themes", string.Join(' ', again.HostLines), StringComparison.Ordinal);
        session.Run("Import-ReportTask one.json -StorePath ./other/reports.db").NoErrors();
        session.Run("Copy-ReportStore -Destination ./third/reports.db -Confirm:$false").NoErrors();
        Assert.Equal("contoso", (string)session.Run("Get-ReportTheme contoso -StorePath ./third/reports.db").Single().Name);
        dynamic back = session.Run("Get-ReportTheme contoso -StorePath ./other/reports.db").Single();
        Assert.Equal(TestPictures.Png(60, 20), (byte[])back.LogoPicture);
    }

    [Fact]
    public void One_theme_is_in_the_pdf_the_workbook_the_page_the_mail_and_the_charts()
    {
        using var session = new PowerShellSession();
        File.WriteAllBytes(Path.Combine(session.Folder, "logo.png"), TestPictures.Png(60, 20));
        session.Run(Task + "New-ReportTheme contoso '#0B7A4B' -Logo ./logo.png -Footer 'Internal use' -SenderLine 'Finance, Contoso'; "
            + "Set-ReportSchedulerOption -Theme contoso").NoErrors();
        dynamic run = session.Run("Invoke-ReportTask sales").Output.Single();
        Assert.Empty((string[])run.Warnings);
        string PathOf(string extension) => ((string[])run.Files).Single(file => file.EndsWith(extension, StringComparison.Ordinal));

        using (var pdf = PdfDocument.Open(PathOf(".pdf")))
        {
            Assert.Equal(60, Assert.Single(pdf.GetPage(1).GetImages()).WidthInSamples);
            Assert.Contains("Internal use", pdf.GetPage(1).Text, StringComparison.Ordinal);
        }

        var html = File.ReadAllText(PathOf(".html"));
        Assert.Contains("--accent: #0B7A4B", html, StringComparison.Ordinal);
        Assert.Contains("<img class=\"logo\" src=\"data:image/png;base64,", html, StringComparison.Ordinal);
        Assert.Contains("<footer><bdi>Internal use</bdi></footer>", html, StringComparison.Ordinal);

        using (var book = ZipFile.OpenRead(PathOf(".xlsx")))
        {
            Assert.Contains("<a:accent1><a:srgbClr val=\"0B7A4B\"", Text(book, "xl/theme/theme1.xml"), StringComparison.Ordinal);
            Assert.Contains("0B7A4B", Text(book, "xl/charts/chart1.xml"), StringComparison.Ordinal);
            Assert.Contains("<tabColor rgb=\"FF0B7A4B\"/>", Text(book, "xl/worksheets/sheet1.xml"), StringComparison.Ordinal);
            Assert.Contains("&amp;CInternal use", Text(book, "xl/worksheets/sheet1.xml"), StringComparison.Ordinal);
        }

        var mail = MimeMessage.Load(Directory.GetFiles(Path.Combine(session.Folder, "mails")).Single());
        Assert.Contains("border-top:4px solid #0B7A4B", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("Finance, Contoso. ", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("Finance, Contoso. ", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Internal use", mail.TextBody, StringComparison.Ordinal);
        var logo = Regex.Match(mail.HtmlBody!, "<img class=\"logo\" src=\"cid:([^\"]+)\"").Groups[1].Value;
        Assert.Contains(mail.BodyParts, part => part.ContentId == logo && part.ContentType.MimeType == "image/png");
    }

    [Fact]
    public void The_logo_of_a_task_comes_before_that_of_its_theme_and_a_broken_one_is_told()
    {
        using var session = new PowerShellSession();
        File.WriteAllBytes(Path.Combine(session.Folder, "theme.png"), TestPictures.Png(60, 20));
        File.WriteAllBytes(Path.Combine(session.Folder, "task.png"), TestPictures.Png(40, 20));
        session.Run(Task + "New-ReportTheme contoso navy -Logo ./theme.png; "
            + "Set-ReportTask sales -Theme contoso -Logo ./task.png").NoErrors();
        Assert.Equal(40, LogoWidth(session, out var warnings));
        Assert.Empty(warnings);
        File.WriteAllText(Path.Combine(session.Folder, "task.png"), "broken");
        Assert.Equal(60, LogoWidth(session, out warnings));
        Assert.EndsWith("the report has that of its theme.", Assert.Single(warnings), StringComparison.Ordinal);
        session.Run("Set-ReportTask sales -Theme None").NoErrors();
        Assert.Equal(0, LogoWidth(session, out warnings));
        Assert.EndsWith("the report has none.", Assert.Single(warnings), StringComparison.Ordinal);
    }

    private static int LogoWidth(PowerShellSession session, out string[] warnings)
    {
        dynamic run = session.Run("Invoke-ReportTask sales -NoDelivery").Output.Single();
        warnings = (string[])run.Warnings;
        using var pdf = PdfDocument.Open(((string[])run.Files).Single(file => file.EndsWith(".pdf", StringComparison.Ordinal)));
        return pdf.GetPage(1).GetImages().SingleOrDefault()?.WidthInSamples ?? 0;
    }

    private static string Text(ZipArchive book, string part)
    {
        using var reader = new StreamReader(book.GetEntry(part)!.Open());
        return reader.ReadToEnd();
    }
}
