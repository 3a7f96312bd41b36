namespace ReportScheduler.Host;

/// <summary>One word after the script file: a value, a parameter name, or <c>-Name:value</c>.</summary>
internal sealed record ScriptArgument(string? Name, object? Value)
{
    public static ScriptArgument Parse(string word)
    {
        if (word.Length < 2 || word[0] != '-' || !char.IsLetter(word[1]))
        {
            return new ScriptArgument(null, word);
        }

        var colon = word.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new ScriptArgument(word, null)
            : new ScriptArgument(word[..colon], Literal(word[(colon + 1)..]));
    }

    // a switch is given as -Force:$false on a command line too
    private static object Literal(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };
}
