using System.Collections;
using System.Globalization;
using MimeKit;
using ReportScheduler.Tests.Support;
using UglyToad.PdfPig;

namespace ReportScheduler.Tests.Commands;

public sealed class KeyFigureCommandTests
{
    private const string Given = "New-ReportConnection db -ConnectionString 'Data Source=sales.db' -Provider Sqlite; "
        + "New-ReportMailServer m -PickupDirectory mails -From r@example.com; ";

    private const string Sales = "New-ReportTask sales db -Query 'select region, amount, amount * @by as total from s' "
        + "-Parameters @{ by = 100 } "
        + "-Format Pdf, Html -To a@example.com -ColumnFormat @{ total = 'currency EUR' } -Total @{ amount = 'sum' } "
        + "-KeyFigure ([ordered]@{ "
        + "Revenue = 'sum(total)'; Orders = 'count()'; Change = 'sum(total) vs last run'; "
        + "Cost = 'sum(total) vs last run, lower is better' }) ";

    [Fact]
    public void Parameters_have_the_words_of_the_task_and_an_empty_text_leaves_one_out()
    {
        using var session = new PowerShellSession();
        Fill(session);
        session.Run(Given + Sales + "-ParameterLabel @{ BY = 'Factor' }").NoErrors();
        string Page() => File.ReadAllText(((string[])session.Run("(Invoke-ReportTask sales -NoDelivery).Files").Output
            .Select(file => file.ToString()).ToArray()).Single(file => file.EndsWith(".html", StringComparison.Ordinal)));
        Assert.Contains("Factor: 100", Page(), StringComparison.Ordinal);
        session.Run("Export-ReportTask defs.json; Import-ReportTask defs.json").NoErrors();
        Assert.Contains("Factor: 100", Page(), StringComparison.Ordinal);
        session.Run("Set-ReportTask sales -ParameterLabel @{ by = '' }").NoErrors();
        Assert.DoesNotMatch("(Factor|By): 100", Page());
        session.Run("Set-ReportTask sales -ParameterLabel $null").NoErrors();
        Assert.Contains("By: 100", Page(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{ bye = 'x' }", "has no parameter of that name")]
    [InlineData("@{ by = 5 }", "is no text of one line")]
    [InlineData("@{ by = \"a`nb\" }", "is no text of one line")]
    public void A_label_that_cannot_be_used_is_refused(string labels, string words)
    {
        using var session = new PowerShellSession();
        var error = session.Run(Given + Sales + $"-ParameterLabel {labels}").Error();
        Assert.StartsWith("ParameterLabelNotUsable,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_are_in_pdf_page_mail_subject_and_history_and_the_change_is_against_the_last_delivery()
    {
        using var session = new PowerShellSession();
        Fill(session);
        session.Run(Given + Sales
            + "-Subject '{{ figures.revenue }} {{ figures.change }}{% if figures.revenue > 5000 %} good{% endif %} "
            + "{{ totals.amount }}'").NoErrors();
        dynamic first = Run(session, "");
        Assert.Equal((7000m, 2m), ((decimal)Number(first, "Revenue"), (decimal)Number(first, "Orders")));
        Assert.Null(((IDictionary)first.Figures)["Change"]);
        Assert.Equal("€7,000.00 – good 70", Mail(session).Subject);

        // what nobody got is nothing to compare with
        session.Run("$null = Invoke-ReportTask sales -Parameters @{ by = 5 } -NoDelivery").NoErrors();
        dynamic second = Run(session, "-Parameters @{ by = 110 }");
        Assert.Equal(10m, (decimal)Number(second, "Change"));
        var mail = Mail(session);
        Assert.Equal("€7,700.00 +10.0% good 70", mail.Subject);
        Assert.Contains("Revenue: €7,700.00\nOrders: 2\nChange: +10.0%\nCost: +10.0%\n", mail.TextBody!.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
        Assert.Contains("Revenue €7,700.00 · Orders 2 · Change +10.0%", mail.HtmlBody!.Replace("&#183;", "·", StringComparison.Ordinal)
            .Replace("&#8364;", "€", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("<p class=\"g\"", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("<p class=\"r\"", mail.HtmlBody, StringComparison.Ordinal);

        var html = File.ReadAllText(PathOf(second, ".html"));
        Assert.Contains("<dd class=\"good\">&#x2B;10.0%</dd>", html, StringComparison.Ordinal);
        Assert.True(html.IndexOf("<dl class=\"figures\">", StringComparison.Ordinal) < html.IndexOf("<table", StringComparison.Ordinal));
        Assert.EndsWith("</html>\n", html, StringComparison.Ordinal);
        using var pdf = PdfDocument.Open(PathOf(second, ".pdf"));
        Assert.Contains("€7,700.00", pdf.GetPage(1).Text, StringComparison.Ordinal);
        dynamic kept = session.Run("(Get-ReportRun sales)[0]").Single();
        Assert.Equal(10m, (decimal)Number(kept, "Change"));
    }

    [Fact]
    public void A_report_without_rows_has_zeros()
    {
        using var session = new PowerShellSession();
        Fill(session, "");
        session.Run(Given + Sales).NoErrors();
        dynamic run = Run(session, "");
        Assert.Equal("Succeeded", (string)run.Outcome.ToString());
        Assert.Contains("<dd>€0.00</dd>", File.ReadAllText(PathOf(run, ".html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Set-ReportTask sales -KeyFigure @{ X = 'sum(' }", "KeyFigureNotUsable")]
    [InlineData("Set-ReportTask sales -KeyFigure @{ X = 'Other.sum(x)' }", "ConditionDatasetUnknown")]
    [InlineData("Set-ReportTask sales -SplitBy region -To '{{ split.key }}'", "KeyFigureNotUsable")]
    [InlineData("Set-ReportTask sales -Subject '{{ figures.revenu }}'", "FigureUnknown")]
    [InlineData("Set-ReportTask sales -Body '{{ figures.nothing }}'", "FigureUnknown")]
    [InlineData("Set-ReportTask sales -KeyFigure $null -Subject '{{ figures.revenue }}'", "FigureUnknown")]
    [InlineData("Set-ReportTask sales -FileName '{{ figures.revenue }}'", "FileNameTooEarly")]
    [InlineData("Set-ReportTask sales -FileName '{{ totals.amount }}'", "FileNameTooEarly")]
    [InlineData("Set-ReportTask sales -KeyFigure @{ X = 'sum(nowhere)' }; Invoke-ReportTask sales", "ConditionColumnUnknown")]
    [InlineData("Set-ReportTask sales -KeyFigure @{ X = 'sum(region)' }; Invoke-ReportTask sales", "ConditionNothingToAdd")]
    public void What_cannot_be_a_figure_is_refused_when_the_task_is_made_or_run(string script, string id)
    {
        using var session = new PowerShellSession();
        Fill(session);
        session.Run(Given + Sales).NoErrors();
        Assert.StartsWith(id + ",", session.Run(script).Errors[^1].FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_names_its_dataset_where_several_have_the_column_and_parts_have_their_own()
    {
        using var session = new PowerShellSession();
        Fill(session);
        session.Run(Given + "New-ReportTask two db -Dataset ([ordered]@{ A = 'select * from s'; B = 'select * from s where amount > 20' }) "
            + "-Format Html -KeyFigure @{ All = 'count()'; OfB = 'B.sum(amount)' } -Destination out").NoErrors();
        dynamic run = session.Run("Invoke-ReportTask two").Single();
        Assert.Equal((3m, 50m), ((decimal)Number(run, "All"), (decimal)Number(run, "OfB")));
        Assert.StartsWith("ConditionAmbiguous,", session.Run("Set-ReportTask two -KeyFigure @{ X = 'sum(amount)' }; Invoke-ReportTask two")
            .Errors[^1].FullyQualifiedErrorId, StringComparison.Ordinal);

        session.Run("New-ReportTask parts db -Query 'select region || ''@example.com'' as mail, amount from s' -SplitBy mail "
            + "-To '{{ split.key }}' -KeyFigure @{ Sum = 'sum(amount)' } -Subject 'Sum {{ figures.sum }}'; "
            + "$null = Invoke-ReportTask parts").NoErrors();
        Assert.Equal(["Sum 20", "Sum 50"], Directory.GetFiles(Path.Combine(session.Folder, "mails"))
            .Select(file => MimeMessage.Load(file).Subject).Order(StringComparer.Ordinal));
    }

    private static void Fill(PowerShellSession session, string rows = "insert into s values ('north', 20), ('south', 50)")
    {
        using var db = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(session.Folder, "sales.db")};Pooling=False");
        db.Open();
        using var command = db.CreateCommand();
        command.CommandText = "create table s (region text, amount int); " + rows;
        command.ExecuteNonQuery();
    }

    private static dynamic Run(PowerShellSession session, string more)
    {
        var mails = Directory.CreateDirectory(Path.Combine(session.Folder, "mails"));
        foreach (var old in mails.GetFiles().Select(file => file.FullName))
        {
            File.Delete(old);
        }

        return session.Run($"Invoke-ReportTask sales {more}").Single();
    }

    private static decimal Number(dynamic run, string figure) =>
        Convert.ToDecimal(((IDictionary)run.Figures)[figure], CultureInfo.InvariantCulture);

    private static MimeMessage Mail(PowerShellSession session) =>
        MimeMessage.Load(Directory.GetFiles(Path.Combine(session.Folder, "mails")).Single());

    private static string PathOf(dynamic run, string extension) =>
        ((string[])run.Files).Single(file => file.EndsWith(extension, StringComparison.Ordinal));
}
