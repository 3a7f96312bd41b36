namespace ReportScheduler.Tests;

/// <summary>The names of the providers, for the attributes of tests.</summary>
internal static class ReportProvider
{
    public const string SqlServer = "SqlServer";
    public const string PostgreSql = "PostgreSql";
    public const string MySql = "MySql";
    public const string Sqlite = "Sqlite";
    public const string Odbc = "Odbc";
}
