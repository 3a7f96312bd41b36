namespace ReportScheduler.Store.Relational;

/// <summary>What is noted on a store in a database as a whole, and who may change it because of that.</summary>
internal sealed class StoreMarks(RelationalDatabase database)
{
    /// <summary>The names in the table meta that <see cref="Check(Func{string, string})"/> asks for, as text in a statement.</summary>
    public static readonly string Names =
        $"'{NameOf(StoreMark.MovedTo)}', '{NameOf(StoreMark.MovingTo)}', '{NameOf(StoreMark.CopiedFrom)}'";

    // whether it is this process that fills the store
    private volatile bool fills;

    public static string NameOf(StoreMark mark) => RelationalDatabase.MarkPrefix + mark;

    public string? Get(StoreMark mark) => database.Once(session => Read(session, mark));

    public void Set(StoreMark mark, string? address)
    {
        database.Change(session =>
        {
            if (address is null)
            {
                Remove(session, mark);
            }
            else if (mark == StoreMark.MovedTo)
            {
                session.InsertNew("meta", "name", Row(mark, address));
                if (Read(session, mark) is { } there && there != address)
                {
                    throw StoreErrors.StoreMoved(database.Address, there);
                }
            }
            else
            {
                session.Upsert("meta", ["name"], Row(mark, address));
            }

            if (mark == StoreMark.MovedTo && address is null)
            {
                Remove(session, StoreMark.MovingTo);
            }
            else if (mark == StoreMark.MovedTo)
            {
                session.Upsert("meta", ["name"], Row(StoreMark.MovingTo, address!));
            }

            // the id of a store is made by its first report, and changes nothing for the next ones
            return mark == StoreMark.Id || session.NewDefinitions();
        });
        if (mark == StoreMark.CopiedFrom)
        {
            (fills, database.FilledFrom) = (address is not null, address);
        }
    }

    /// <exception cref="ReportException">StoreMoved or StoreUnfinished.</exception>
    public void Check(StoreSession session)
    {
        var marks = session.Query<(string Name, string Address)>($"select name, value from meta where name in ({Names})");
        Check(name => marks.Find(mark => mark.Name == name).Address);
    }

    /// <param name="find">The address under one of <see cref="Names"/>; null for none.</param>
    /// <exception cref="ReportException">StoreMoved or StoreUnfinished.</exception>
    public void Check(Func<string, string?> find)
    {
        string? Of(StoreMark mark) => find(NameOf(mark));
        if (Of(StoreMark.MovedTo) is { } to)
        {
            throw StoreErrors.StoreMoved(database.Address, to, Of(StoreMark.MovingTo) is not null);
        }

        if (!fills && Of(StoreMark.CopiedFrom) is { } from)
        {
            throw StoreErrors.StoreUnfinished(database.Address, from);
        }
    }

    private static RowSet Row(StoreMark mark, string address) => new RowSet().With("name", NameOf(mark)).With("value", address);

    private static void Remove(StoreSession session, StoreMark mark) =>
        session.Execute("delete from meta where name = @Name", new { Name = NameOf(mark) });

    private static string? Read(StoreSession session, StoreMark mark) =>
        session.Find("select value from meta where name = @Name", new { Name = NameOf(mark) });
}
