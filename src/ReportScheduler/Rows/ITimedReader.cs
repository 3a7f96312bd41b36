namespace ReportScheduler.Rows;

/// <summary>A reader of a server that may stop answering: what is read of it ends with the time that the query has.</summary>
internal interface ITimedReader
{
    /// <summary>Calls that read rows, given up when the time is over.</summary>
    T InTime<T>(Func<T> calls);
}
