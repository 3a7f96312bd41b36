namespace ReportScheduler;

/// <summary>A definition in the store that this version cannot read. It is left as it is; the others are not affected.</summary>
/// <param name="Noun">ReportTask, ReportConnection, ReportMailServer or ReportIdentity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Problem">What is wrong with it.</param>
internal sealed record UnreadableRecord(string Noun, string Name, string Problem);
