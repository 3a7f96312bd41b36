namespace ReportScheduler.Tests.Support;

/// <summary>A request for a token as the test service got it.</summary>
/// <param name="Path">The path and query.</param>
/// <param name="Form">The fields of its form.</param>
/// <param name="Headers">Its headers.</param>
internal sealed record TokenRequest(string Path, IReadOnlyDictionary<string, string> Form, IReadOnlyDictionary<string, string> Headers)
{
    public string? Scope => Form.GetValueOrDefault("scope");
}
