using System.Data.Common;

namespace ReportScheduler.Rows;

/// <summary>A reader of a server that may stop answering: what is read of it ends with the time that the query has.</summary>
internal interface ITimedReader
{
    /// <summary>The reader of the database's client, as long as all its values are exact; else this one.</summary>
    DbDataReader Values { get; }

    /// <summary>Calls that read rows, given up when the time is over.</summary>
    T InTime<T>(Func<T> calls);
}
