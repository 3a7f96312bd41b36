using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class WildcardTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("Get-ReportTask '[n'")]
    [InlineData("Get-ReportTask -Connection '[n'")]
    [InlineData("Get-ReportTask -Owner '[n'")]
    [InlineData("Get-ReportConnection '[n'")]
    [InlineData("Get-ReportMailServer '[n'")]
    [InlineData("Get-ReportTheme '[n'")]
    [InlineData("Get-ReportRun '[n'")]
    [InlineData("Get-ReportSchedulerKey '[n'")]
    [InlineData("Get-ReportScheduledTask '[n'")]
    [InlineData("Invoke-ReportTask '[n'")]
    [InlineData("Remove-ReportTask '[n' -Confirm:$false")]
    [InlineData("Get-ReportData t -Dataset '[n'")]
    [InlineData("[pscustomobject]@{ a = 1 } | Export-Report out.csv -Property '[n'")]
    public void A_pattern_that_cannot_be_read_is_an_error_that_names_it(string script)
    {
        session.Run("New-ReportConnection c ':memory:'; New-ReportTask t c -Query 'select 1 a' -Format Csv").NoErrors();
        var error = session.Run(script).Errors[0];
        Assert.StartsWith("PatternNotUsable,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("'[n' is not a valid wildcard pattern.", error.Exception.Message, StringComparison.Ordinal);
    }
}
