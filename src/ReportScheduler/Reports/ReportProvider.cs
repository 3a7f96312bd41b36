namespace ReportScheduler;

/// <summary>A kind of database.</summary>
public enum ReportProvider
{
    /// <summary>Microsoft SQL Server and Azure SQL.</summary>
    SqlServer,

    /// <summary>PostgreSQL.</summary>
    PostgreSql,

    /// <summary>MySQL and MariaDB.</summary>
    MySql,

    /// <summary>A SQLite file, or <c>:memory:</c>.</summary>
    Sqlite,
}
