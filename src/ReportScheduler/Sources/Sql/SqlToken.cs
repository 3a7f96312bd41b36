namespace ReportScheduler.Sources.Sql;

/// <summary>A piece of SQL text that is neither space nor comment.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">The place behind it.</param>
/// <param name="Text">As it is written; of a variable, its name without the sign in front.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End, string Text)
{
    public bool IsVariable => Kind is SqlTokenKind.Variable or SqlTokenKind.MaybeVariable;

    public bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;

    /// <summary>Whether it is a keyword, in any case.</summary>
    public bool Is(string keyword) => Kind == SqlTokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool IsSign(char sign) => Kind == SqlTokenKind.Sign && Text.Length == 1 && Text[0] == sign;
}
