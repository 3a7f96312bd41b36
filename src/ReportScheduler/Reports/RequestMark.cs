namespace ReportScheduler;

/// <summary>What makes a request the same one when it comes again.</summary>
/// <param name="Key">The name of the request, unique in the store.</param>
/// <param name="Content">A digest of what it asks for.</param>
/// <param name="Until">How long it is remembered, in UTC.</param>
internal sealed record RequestMark(string Key, string Content, DateTimeOffset Until);
