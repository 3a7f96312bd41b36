using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class RunErrorTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void The_error_of_a_failed_run_has_the_run_and_what_the_database_threw()
    {
        session.Run("New-ReportConnection c ':memory:'; New-ReportTask t c -Query 'select * from nowhere' -Format Csv").NoErrors();
        var result = session.Run("Invoke-ReportTask t -NoDelivery");
        var error = result.Error();
        dynamic run = error.TargetObject;
        Assert.Equal((string)((dynamic)Assert.Single(result.Output)).Id, (string)run.Id);
        Assert.Equal("SqliteException", error.Exception.InnerException!.GetType().Name);
        // the history keeps the words, not the exception
        Assert.Contains("no such table", (string)session.Run("Get-ReportRun").Single().Error, StringComparison.Ordinal);
    }
}
