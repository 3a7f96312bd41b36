using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Attacks;

/// <summary>Half an emoji, as Substring leaves it, in everything that a report meets.</summary>
public sealed class HalfCharacterTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public HalfCharacterTests() => session.Run("""
        $global:half = 'Grinning ' + [char]0xD83D
        New-ReportConnection mem ':memory:'
        New-ReportMailServer pickup -PickupDirectory mail -From r@example.com
        """).NoErrors();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("-Script { [pscustomobject]@{ name = $half; v = 1 } } -KeyFigure @{ Max = 'max(name)' }", "Succeeded")]
    [InlineData("-Script { [pscustomobject]@{ $half = 1 } } -Format Csv, Json, Html, Excel, Pdf", "Succeeded")]
    [InlineData("-Script { [pscustomobject]@{ k = $half; v = 1 }, [pscustomobject]@{ k = 'c'; v = 2 } } -SplitBy k", "Succeeded")]
    [InlineData("-Script { [pscustomobject]@{ k = $half; v = 1 } } -KeyColumn k -SendWhen Changed", "Succeeded")]
    [InlineData("-Script { throw $half }", "Failed")]
    [InlineData("-Script { & { [CmdletBinding()] param() $PSCmdlet.WriteWarning($half) }; 1 }", "Succeeded")]
    [InlineData("-Query 'select @x as a' -Parameters @{ x = $half } -Description $half -Subject $half -Body $half", "Succeeded")]
    [InlineData("-Query ('select 1 as a -- ' + $half)", "Succeeded")]
    public void A_report_with_half_a_character_ends_like_any_other(string options, string outcome)
    {
        // a script has variables of its own
        options = options.Replace("$half", "('Grinning ' + [char]0xD83D)", StringComparison.Ordinal);
        var source = options.Contains("-Query", StringComparison.Ordinal) ? "mem" : "";
        var format = options.Contains("-Format", StringComparison.Ordinal) ? "" : "-Format Csv, Json";
        session.Run($"New-ReportTask t {source} {options} {format} -To a@example.com -Retry 0").NoErrors();
        var result = session.Run("Invoke-ReportTask t -WarningAction SilentlyContinue");
        Assert.DoesNotContain(result.Errors, error => error.FullyQualifiedErrorId.StartsWith("Store", StringComparison.Ordinal));
        Assert.Equal(outcome, session.Run("Get-ReportRun t").Single().Outcome.ToString());
    }

    [Theory]
    [InlineData("New-ReportTask $half mem -Query 'select 1' -Format Csv")]
    [InlineData("New-ReportConnection $half ':memory:'")]
    [InlineData("New-ReportMailServer $half -PickupDirectory mail -From r@example.com")]
    public void A_name_with_half_a_character_is_refused(string script)
    {
        var error = session.Run(script).Error();
        Assert.StartsWith("NameCutThrough,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-Name", error.Exception.Message, StringComparison.Ordinal);
    }
}
