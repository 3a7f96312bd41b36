namespace ReportScheduler.Numbers;

/// <summary>A piece of a number format.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Text">As it is written, without quotes, brackets and backslashes.</param>
internal readonly record struct FormatToken(FormatTokenKind Kind, string Text);
