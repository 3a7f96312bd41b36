namespace ReportScheduler.Store.Relational;

/// <summary>What is noted on a store in a database as a whole, and who may change it because of that.</summary>
internal sealed class StoreMarks(RelationalDatabase database)
{
    /// <summary>The names in the table meta that <see cref="Check(Func{string, string})"/> asks for, as text in a statement.</summary>
    public static readonly string Names =
        $"'{NameOf(StoreMark.MovedTo)}', '{NameOf(StoreMark.MovingTo)}', '{NameOf(StoreMark.CopiedFrom)}'";

    /// <summary>Selects the rows that <see cref="Check(IEnumerable{ValueTuple{string, string}})"/> looks at.</summary>
    public static readonly string Rows = $"select name, value from meta where name in ({Names})";

    // what this object copies into the store; null for nothing
    private volatile string? fills;

    public static string NameOf(StoreMark mark) => RelationalDatabase.MarkPrefix + mark;

    public string? Get(StoreMark mark) => database.Once(session => Read(session, mark));

    /// <inheritdoc cref="IReportStore.SetMark"/>
    public bool Set(StoreMark mark, string? address)
    {
        var isNew = database.Change(session =>
        {
            var isChanged = address is null ? Remove(session, mark) : Note(session, mark, address);
            if (mark == StoreMark.MovedTo && address is null)
            {
                Remove(session, StoreMark.MovingTo);
            }
            else if (mark == StoreMark.MovedTo)
            {
                session.Upsert("meta", ["name"], Row(StoreMark.MovingTo, address!));
            }

            // the id of a store is made by its first report, and changes nothing for the next ones
            return (mark == StoreMark.Id || session.NewDefinitions()) && isChanged;
        });
        if (mark == StoreMark.CopiedFrom)
        {
            (fills, database.FilledFrom) = (address, address);
        }

        return isNew;
    }

    /// <exception cref="ReportException">StoreMoved, StoreUnfinished or StoreNotEmpty.</exception>
    public void Check(StoreSession session)
    {
        Check(session.Query<(string, string)>(Rows));
    }

    /// <param name="rows">What <see cref="Rows"/> selects.</param>
    /// <exception cref="ReportException">StoreMoved, StoreUnfinished or StoreNotEmpty.</exception>
    public void Check(IEnumerable<(string Name, string Address)> rows)
    {
        var marks = rows.ToList();
        Check(name => marks.Find(mark => mark.Name == name).Address);
    }

    /// <param name="find">The address under one of <see cref="Names"/>; null for none.</param>
    /// <exception cref="ReportException">StoreMoved, StoreUnfinished or StoreNotEmpty.</exception>
    public void Check(Func<string, string?> find) => StoreMarkRules.Check(database.Address, find(NameOf(StoreMark.MovedTo)),
        () => find(NameOf(StoreMark.MovingTo)) is not null, find(NameOf(StoreMark.CopiedFrom)), fills);

    private bool Note(StoreSession session, StoreMark mark, string address)
    {
        var isNew = session.InsertNew("meta", "name", Row(mark, address)) > 0;
        if (!isNew && Read(session, mark) is { } there && there != address)
        {
            StoreMarkRules.CheckOther(database.Address, mark, there);
        }

        return isNew;
    }

    private static RowSet Row(StoreMark mark, string address) => new RowSet().With("name", NameOf(mark)).With("value", address);

    private static bool Remove(StoreSession session, StoreMark mark) =>
        session.Execute("delete from meta where name = @Name", new { Name = NameOf(mark) }) > 0;

    private static string? Read(StoreSession session, StoreMark mark) =>
        session.Find("select value from meta where name = @Name", new { Name = NameOf(mark) });
}
