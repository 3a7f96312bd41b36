using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

/// <summary>Names in templates that the runs of a task will not have.</summary>
public sealed class TemplateAdviceTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public TemplateAdviceTests() => session.Run("New-ReportConnection mem ':memory:'; "
        + "New-ReportMailServer m -PickupDirectory mail -From r@example.com").NoErrors();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("-Subject 'a {{ run.changes }}'", "The template of Subject names 'run.changes', which is empty")]
    [InlineData("-Body '{% if run.changes %}{{ run.changes }}{% endif %}'", "The template of Body names 'run.changes', which is empty")]
    [InlineData("-Body '{{ run.condition }}'", "names 'run.condition', which is empty")]
    [InlineData("-Subject '{{ run.recovered }}' -SendWhen 'rows > 3'", "names 'run.recovered', which is false without -OnRecovered")]
    [InlineData("-Subject '{{ run.changes }}' -KeyColumn n -SendWhen Changed", null)]
    [InlineData("-Subject '{{ run.condition }}' -SendWhen 'rows > 3'", null)]
    [InlineData("-Subject '{{ run.recovered }}' -SendWhen 'rows > 3' -OnRecovered", null)]
    [InlineData("-Subject '{{ run.rows }} {{ task.name }}'", null)]
    public void A_name_that_stays_empty_is_warned_of(string options, string? words)
    {
        var made = session.Run($"New-ReportTask t mem -Query 'select 1 as n' -To a@x.org {options}").NoErrors();
        var said = made.Warnings.Select(warning => $"{warning}")
            .Where(warning => warning.Contains("template of", StringComparison.Ordinal));
        Assert.Equal(words is null ? 0 : 1, said.Count());
        Assert.All(said, warning => Assert.Contains(words!, warning, StringComparison.Ordinal));
        Assert.Equal(words is not null, session.Run("Test-ReportTask t | ForEach-Object { $_.Message }").NoErrors().Output
            .Any(line => $"{line}".Contains("template of", StringComparison.Ordinal)));
    }
}
