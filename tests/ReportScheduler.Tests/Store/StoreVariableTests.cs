using ReportScheduler.Store;

namespace ReportScheduler.Tests.Store;

public sealed class StoreVariableTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("postgresql://db/reports", "postgresql://db/reports")]
    [InlineData("/srv/my reports/reports.db", "/srv/my reports/reports.db")]
    public void What_it_says_is_taken_as_it_is(string? value, string? read) => Assert.Equal(read, Read(value));

    // a store, or a key, of another name would be made
    [Theory]
    [InlineData("postgresql://db/reports\r")]
    [InlineData("/srv/reports.db\n")]
    [InlineData("  ")]
    public void What_a_file_with_other_line_ends_leaves_is_an_error(string value) =>
        Assert.Equal("StoreVariableNotUsable", Assert.Throws<ReportException>(() => Read(value)).ErrorId);

    private static string? Read(string? value)
    {
        var name = $"REPORTSCHEDULER_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, value);
        try
        {
            return StoreVariable.Read(name);
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }
}
