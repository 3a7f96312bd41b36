namespace ReportScheduler.Secrets;

/// <summary>One statement of a .env file.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="IsReadable">Whether it is one; false for what is left out.</param>
/// <param name="Name">The variable; null for a comment or nothing.</param>
/// <param name="Value">Its value, escapes replaced; null for a name alone.</param>
internal sealed record EnvStatement(int Line, bool IsReadable, string? Name, string? Value);
