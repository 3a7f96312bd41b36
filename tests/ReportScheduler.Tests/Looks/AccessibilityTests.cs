using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Looks;

/// <summary>axe-core finds nothing to complain of: names, roles, languages, contrast as it is drawn.</summary>
public sealed class AccessibilityTests : IDisposable
{
    private const string Run = """
        w => w.axe.run(w.document, { resultTypes: ['violations'], iframes: false }).then(found => ({
          rules: found.passes.length,
          violations: found.violations.map(one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html.slice(0, 160) + ' '
            + node.any.map(check => check.message).join(' ')).join(' | ')) }))
        """;

    private readonly PowerShellSession session = new();

    public static TheoryData<string> Names => SampleReports.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_and_mail_are_accessible_in_the_light_and_in_the_dark(string name)
    {
        var axe = File.ReadAllText(NodePackage.File("axe-core", "axe.min.js"));
        var report = SampleReports.Make(session, name);
        foreach (var page in new[] { report.Html, report.MailHtml })
        {
            foreach (var isDark in new[] { false, true })
            {
                var found = Browser.Ask(session.Folder, page, 1280, Run, isDark, axe);
                Assert.True(found.TryGetProperty("violations", out var violations), found.GetRawText());
                Assert.Empty(violations.EnumerateArray().Select(violation => violation.GetString()));
                Assert.InRange(found.GetProperty("rules").GetInt32(), 5, 1000);
            }
        }
    }

    public void Dispose() => session.Dispose();
}
