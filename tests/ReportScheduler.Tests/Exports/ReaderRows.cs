using System.Data.Common;
using ReportScheduler.Rows;

namespace ReportScheduler.Tests;

/// <summary>The results of a reader that the tests make up.</summary>
internal sealed class ReaderRows(DbDataReader reader) : IRowResults
{
    public IRowReader Rows(TimeZoneInfo zone, Func<SourceColumn, string?>? formatOf = null) => new RowReader(reader, zone, formatOf);

    public bool Next() => reader.NextResult();

    public void Dispose()
    {
    }
}
