using System.Globalization;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace ReportScheduler.Tests.Store.SqlServer;

/// <summary>What a server would refuse, or might, although its parser reads the statement.</summary>
/// <remarks>
/// Names of variables, tables and columns are compared with regard to case where the server's or the database's collation does, those
/// of INFORMATION_SCHEMA too. An index of some rows that a hint names must have all the rows of the query: its condition has to stand
/// in the query as it is (error 8622 otherwise). A number that an int does not hold is a decimal, and makes decimals of the columns
/// beside it. Values have the collation of the database, and a comparison with a key that has another one may be a conflict (error
/// 468).
/// </remarks>
internal sealed class StatementProblems : TSqlFragmentVisitor
{
    private static readonly string[] Catalog =
        ["INFORMATION_SCHEMA", "COLUMNS", "TABLES", "TABLE_SCHEMA", "TABLE_NAME", "COLUMN_NAME"];

    private readonly HashSet<string> names = new(Catalog, StringComparer.Ordinal);
    private readonly Dictionary<string, string> filtered = new(StringComparer.Ordinal);
    private readonly List<string> problems = [];
    private readonly HashSet<string> declared = new(StringComparer.Ordinal);

    /// <param name="schema">The statements that make the tables.</param>
    public StatementProblems(IEnumerable<string> schema)
    {
        foreach (var made in schema.Select(Read))
        {
            made.Accept(new SchemaNames(names, filtered));
        }
    }

    public int FilteredIndexes => filtered.Count;

    public IReadOnlyList<string> Of(string sql)
    {
        var parser = new TSql140Parser(initialQuotedIdentifiers: true);
        var read = parser.Parse(new StringReader(sql), out var errors);
        if (errors.Count > 0)
        {
            return [.. errors.Select(error => $"{error.Line}:{error.Column} {error.Message}")];
        }

        problems.Clear();
        declared.Clear();
        read.Accept(this);
        return [.. problems];
    }

    public override void Visit(DeclareVariableElement node) => declared.Add(node.VariableName.Value);

    public override void Visit(VariableReference node)
    {
        if (!declared.Contains(node.Name))
        {
            problems.Add($"{node.Name} is declared in another case, or not at all");
        }
    }

    // the name of a parameter is the procedure's
    public override void ExplicitVisit(ExecuteParameter node) => node.ParameterValue.Accept(this);

    public override void ExplicitVisit(CastCall node)
    {
        if (node.Parameter is not Literal)
        {
            base.ExplicitVisit(node);
        }
    }

    public override void Visit(NumericLiteral node) => problems.Add($"{node.Value} is a decimal");

    public override void Visit(IntegerLiteral node)
    {
        if (!int.TryParse(node.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            problems.Add($"{node.Value} is a decimal");
        }
    }

    public override void Visit(ColumnReferenceExpression node) => Check(node.MultiPartIdentifier);

    public override void Visit(SchemaObjectName node) => Check(node);

    public override void Visit(BooleanComparisonExpression node)
    {
        if (new[] { node.FirstExpression, node.SecondExpression }.OfType<ColumnReferenceExpression>().ToList() is [var one, var other]
            && (IsOfValues(one) || IsOfValues(other)) && one.Collation is null && other.Collation is null)
        {
            problems.Add($"{other.MultiPartIdentifier.Identifiers[^1].Value} is compared without a collation");
        }
    }

    // the rows of an insert or a merge
    private static bool IsOfValues(ColumnReferenceExpression column) => column.MultiPartIdentifier.Identifiers[0].Value == "n";

    public override void Visit(QuerySpecification node)
    {
        var hints = new List<string>();
        node.FromClause?.Accept(new IndexHints(hints));
        foreach (var hint in hints)
        {
            if (filtered.TryGetValue(hint, out var column) && !Says(node.WhereClause?.SearchCondition, column))
            {
                problems.Add($"index({hint}) without \"{column} is not null\"");
            }
        }
    }

    private void Check(MultiPartIdentifier? name)
    {
        foreach (var part in name?.Identifiers ?? [])
        {
            if (!names.Contains(part.Value) && names.FirstOrDefault(
                known => known.Equals(part.Value, StringComparison.OrdinalIgnoreCase)) is { } known)
            {
                problems.Add($"{part.Value} instead of {known}");
            }
        }
    }

    private static bool Says(BooleanExpression? condition, string column) => condition switch
    {
        BooleanBinaryExpression { BinaryExpressionType: BooleanBinaryExpressionType.And } both =>
            Says(both.FirstExpression, column) || Says(both.SecondExpression, column),
        BooleanIsNullExpression { IsNot: true, Expression: ColumnReferenceExpression of } =>
            of.MultiPartIdentifier.Identifiers[^1].Value == column,
        _ => false,
    };

    private static TSqlFragment Read(string sql) => new TSql140Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out _);

    private sealed class SchemaNames(HashSet<string> names, Dictionary<string, string> filtered) : TSqlFragmentVisitor
    {
        public override void Visit(CreateTableStatement node) => names.Add(node.SchemaObjectName.BaseIdentifier.Value);

        public override void Visit(ColumnDefinition node) => names.Add(node.ColumnIdentifier.Value);

        public override void Visit(CreateIndexStatement node)
        {
            if (node.FilterPredicate is BooleanIsNullExpression { Expression: ColumnReferenceExpression of })
            {
                filtered[node.Name.Value] = of.MultiPartIdentifier.Identifiers[^1].Value;
            }
        }
    }

    // those of this query, and not of one inside it
    private sealed class IndexHints(List<string> hints) : TSqlConcreteFragmentVisitor
    {
        public override void ExplicitVisit(QueryDerivedTable node)
        {
            // has a condition of its own
        }

        public override void Visit(IndexTableHint node) => hints.AddRange(node.IndexValues.Select(value => value.Identifier.Value));
    }
}
