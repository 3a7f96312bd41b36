namespace ReportScheduler.Rows;

/// <summary>The column of rows of several servers that says where a row is from.</summary>
internal static class ServerColumn
{
    public const string Name = "connection";
}
