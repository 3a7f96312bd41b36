namespace ReportScheduler.Tests.Support;

/// <summary>A token that the test service gave.</summary>
/// <param name="Text">The token.</param>
/// <param name="Audience">What it is for.</param>
/// <param name="EndsAt">When it ends.</param>
internal sealed record IssuedToken(string Text, string Audience, DateTimeOffset EndsAt);
