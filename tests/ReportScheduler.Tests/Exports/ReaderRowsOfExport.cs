using System.Data.Common;
using ReportScheduler.Exports;

namespace ReportScheduler.Tests;

/// <summary>Adds the rows of a reader to an export.</summary>
internal static class ReaderRowsOfExport
{
    public static void Add(this ReportExport export, string dataset, DbDataReader reader, Action<long> onRows, CancellationToken cancel) =>
        export.Add(dataset, new ReaderRows(reader), onRows, cancel);
}
