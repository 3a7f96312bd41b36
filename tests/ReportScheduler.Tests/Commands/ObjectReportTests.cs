using ClosedXML.Excel;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class ObjectReportTests : IDisposable
{
    private const string Rows =
        "[pscustomobject]@{ Name = 'a'; Size = 10; On = [datetime]'2026-03-02' }, [pscustomobject]@{ Name = 'b'; Size = 20; On = $null }";

    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void Objects_become_a_workbook_that_another_reader_reads()
    {
        session.Run($"{Rows} | Export-Report out.xlsx -Title Sizes -Total @{{ Size = 'sum' }} -Column (New-ReportColumn Name -Header "
            + $"'The name') -Chart Bar").NoErrors();
        using var book = new XLWorkbook(Path.Combine(session.Folder, "out.xlsx"));
        var sheet = book.Worksheets.First();
        Assert.Equal("Sizes", sheet.Name);
        Assert.Equal(["The name", "Size", "On"], sheet.Row(1).Cells(1, 3).Select(cell => cell.GetString()));
        Assert.Equal(("a", 10, new DateTime(2026, 3, 2)),
            (sheet.Cell(2, 1).GetString(), sheet.Cell(2, 2).GetValue<int>(), sheet.Cell(2, 3).GetDateTime()));
        Assert.Equal("b", sheet.Cell(3, 1).GetString());
        Assert.Contains("SUBTOTAL", sheet.Cell(4, 2).FormulaA1, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.GetDirectories(Path.GetTempPath(), "report-*"),
            folder => Path.GetFileName(folder).Length == "report-".Length + 32 && File.Exists(Path.Combine(folder, "out.xlsx")));
    }

    [Theory]
    [InlineData("| Export-Report out.csv", "out.csv", "Name,Size,On\na,10,2026-03-02 00:00:00\nb,20,\n")]
    [InlineData("| Export-Report out.csv -Property Size, Name", "out.csv", "Size,Name\n10,a\n20,b\n")]
    [InlineData("| Export-Report out.csv -Property *", "out.csv", "Name,Size,On\na,10,2026-03-02 00:00:00\nb,20,\n")]
    [InlineData("| Export-Report out.csv -Property o*, N*", "out.csv", "On,Name\n2026-03-02 00:00:00,a\n,b\n")]
    [InlineData("| Export-Report out -Format Csv", "out.csv", "Name,Size,On\na,10,2026-03-02 00:00:00\nb,20,\n")]
    [InlineData("| Export-Report x.json, out.csv -Property Name", "out.csv", "Name\na\nb\n")]
    [InlineData("| Export-Report out.csv -Property Size -Culture de-DE", "out.csv", "Size\n10\n20\n")]
    [InlineData("| ForEach-Object Size | Export-Report out.csv", "out.csv", "Value\n10\n20\n")]
    [InlineData("| Export-Report old.csv -Property Name", "old.csv", "Name\na\nb\n")]
    [InlineData("| Export-Report old.csv -Property Name -WhatIf", "old.csv", "old\n")]
    public void Objects_become_text(string script, string file, string text)
    {
        File.WriteAllText(Path.Combine(session.Folder, "old.csv"), "old\n");
        session.Run($"{Rows} {script}").NoErrors();
        Assert.Equal(text, File.ReadAllText(Path.Combine(session.Folder, file)).TrimStart('\uFEFF').ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("[pscustomobject]@{ a = 1 }, [pscustomobject]@{}, @{}", "a\n1\n\"\"\n\"\"\n")]
    [InlineData("[pscustomobject]@{ a = @{ f = [float]0.1 } }, [pscustomobject]@{ a = @{ u = [ulong]::MaxValue } }",
        "a\n\"{\"\"f\"\":0.1}\"\n\"{\"\"u\"\":18446744073709551615}\"\n")]
    public void Objects_without_properties_are_empty_rows_and_numbers_within_values_stay_numbers(string objects, string text)
    {
        session.Run($"{objects} | Export-Report out.csv").NoErrors();
        Assert.Equal(text, File.ReadAllText(Path.Combine(session.Folder, "out.csv")).TrimStart('\uFEFF').ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2.5")]
    public void A_number_that_is_too_long_for_Excel_is_in_the_total(string other)
    {
        session.Run($"[bigint]::Parse('123456789012345678901234567890'), {other} | Export-Report out.xlsx -Total @{{ Value = 'sum' }}")
            .NoErrors();
        using var book = new XLWorkbook(Path.Combine(session.Folder, "out.xlsx"));
        var total = book.Worksheets.First().Cell(4, 1);
        Assert.DoesNotContain("SUBTOTAL", total.FormulaA1, StringComparison.Ordinal);
        Assert.StartsWith("1.2345678901234", $"{total.CachedValue}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_that_no_object_has_is_warned_of_and_one_that_is_calculated_refused()
    {
        Assert.Equal("No object has the property 'Nmae', so its column is empty.",
            Assert.Single(session.Run($"{Rows} | Export-Report out.csv -Property Nmae, Size").Warnings));
        Assert.Contains("make numbers of them, such as [decimal]$_.Amount; else",
            Assert.Single(session.Run("[pscustomobject]@{ n = '5' } | Export-Report out.csv -Total @{ n = 'sum' }").Warnings),
            StringComparison.Ordinal);
        Assert.Equal("No object has a property that matches 'Nme*', so it gives no column.",
            Assert.Single(session.Run($"{Rows} | Export-Report out.csv -Property Nme*, S*").Warnings));
        Assert.StartsWith("PropertyNotUsable,",
            session.Run($"{Rows} | Export-Report out.csv -Property @{{ n = 'x'; e = {{ 1 }} }}").Error().FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Key_figures_stand_above_the_rows()
    {
        session.Run($"{Rows} | Export-Report out.html -KeyFigure ([ordered]@{{ 'Whole size' = 'sum(Size)'; Files = 'count()' }})")
            .NoErrors();
        var html = File.ReadAllText(Path.Combine(session.Folder, "out.html"));
        Assert.Matches("(?s)Whole size.{0,60}30.*Files.{0,60}2", html);
    }

    [Theory]
    [InlineData("@{ A = 'sum(Size) vs last run' }", "KeyFigureNotUsable", "a report without a task has no last run")]
    [InlineData("@{ A = 'sum(' }", "KeyFigureNotUsable", "'sum('")]
    [InlineData("@{ A = 'sum(Price)' }", "ConditionColumnUnknown", "'Price'")]
    [InlineData("@{ a = 'count()'; b = 'count()'; c = 'count()'; d = 'count()'; e = 'count()' }", "KeyFiguresTooMany", "has 5 figures")]
    public void Key_figures_that_cannot_be_meant_are_refused(string figures, string id, string words)
    {
        var error = session.Run($"{Rows} | Export-Report out.html -KeyFigure {figures}").Error();
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(session.Folder, "out.html")));
    }

    [Fact]
    public void A_property_that_no_object_lets_be_read_is_no_column()
    {
        // a process that runs has no exit code
        session.Run("[Diagnostics.Process]::GetCurrentProcess() | Export-Report out.json").NoErrors();
        var text = File.ReadAllText(Path.Combine(session.Folder, "out.json"));
        Assert.Contains("\"Id\"", text, StringComparison.Ordinal);
        Assert.Contains("\"WorkingSet64\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"ExitCode\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("| Export-Report out", "FormatNotTold")]
    [InlineData("| Export-Report out.doc", "FormatNotTold")]
    [InlineData("| Export-Report a.csv, b.csv", "FormatRepeated")]
    [InlineData("| Export-Report old.csv -NoClobber", "NoClobber")]
    [InlineData("| Export-Report out.csv -Culture xx-not", "CultureUnknown")]
    [InlineData("| Send-Report -To a@example.com", "MailServerNeeded")]
    [InlineData("| Send-Report -To 'no address' -MailServer m", "AddressNotUsable")]
    public void What_cannot_be_made_says_why(string script, string id)
    {
        File.WriteAllText(Path.Combine(session.Folder, "old.csv"), "old\n");
        Assert.StartsWith(id + ",", session.Run($"{Rows} {script}").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("old\n", File.ReadAllText(Path.Combine(session.Folder, "old.csv")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Force")]
    public void A_link_stays_a_link_and_its_file_is_replaced(string option)
    {
        var (file, link) = (Path.Combine(session.Folder, "real", "data.txt"), Path.Combine(session.Folder, "link.csv"));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "old\n");
        File.CreateSymbolicLink(link, file);
        session.Run($"{Rows} | Export-Report link.csv {option}").NoErrors();
        Assert.Equal(file, new FileInfo(link).LinkTarget);
        Assert.NotEqual("old\n", File.ReadAllText(file));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public void Objects_are_mailed_at_once_and_stand_in_no_history()
    {
        session.Run("New-ReportMailServer pickup -PickupDirectory mail -From r@example.com").NoErrors();
        var output = session.Run($"{Rows} | Send-Report -Subject 'Sizes of today' -To a@example.com, b@example.com -Format Csv "
            + "-PassThru; Get-ReportRun").NoErrors().Output;
        Assert.Equal("Sent", $"{Assert.Single(output).Properties["State"].Value}");
        var mail = MimeKit.MimeMessage.Load(Assert.Single(Directory.GetFiles(Path.Combine(session.Folder, "mail"), "*.eml")));
        Assert.Equal("Sizes of today", mail.Subject);
        Assert.Equal(2, mail.To.Count);
        var file = Assert.Single(mail.Attachments.OfType<MimeKit.MimePart>());
        Assert.Equal("Sizes of today.csv", file.FileName);
        using var reader = new StreamReader(file.Content!.Open());
        Assert.StartsWith("Name,Size,On", reader.ReadToEnd().TrimStart('\uFEFF'), StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_that_were_not_sent_are_an_error()
    {
        var closed = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        closed.Start();
        var port = ((System.Net.IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        session.Run($"New-ReportMailServer gone -SmtpHost 127.0.0.1 -Port {port} -Security None -From r@example.com").NoErrors();
        Assert.StartsWith("ReportNotSent,", session.Run($"{Rows} | Send-Report -To a@example.com").Error().FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }
}
