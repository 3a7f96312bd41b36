using System.Collections.Specialized;
using System.Reflection;
using LiteDB;

namespace ReportScheduler.Store.LiteDb;

/// <summary>Models to documents and back. Instants are UTC ticks: exact, and in order as numbers.</summary>
internal static class StoreMapper
{
    private static readonly Type[] OftenEmpty =
        [typeof(ReportTask), typeof(ReportDataset), typeof(ReportTaskState), typeof(ReportRun), typeof(ReportDelivery)];

    private static readonly BsonMapper Mapper = Create();

    public static BsonDocument Write<T>(T model) => WholeDocument.Of(Mapper.ToDocument(model));

    /// <summary>Fields that this version does not know are ignored, missing ones keep the default of their property.</summary>
    /// <exception cref="InvalidDataException">It is nested deeper than anything that is written here.</exception>
    public static T Read<T>(BsonDocument document)
        where T : class
    {
        if (StoreDepth.IsDeep(document))
        {
            throw new InvalidDataException($"It has more than {StoreDepth.Most} levels.");
        }

        var isFlat = typeof(T) == typeof(ReportTask) && FlatTask.Is(document);
        var model = Mapper.ToObject<T>(isFlat ? FlatTask.WithoutDatasets(document) : document);
        if (isFlat)
        {
            FlatTask.Apply((ReportTask)(object)model, document);
        }

        return model;
    }

    /// <exception cref="InvalidDataException">It is no number of UTC ticks.</exception>
    public static DateTimeOffset Instant(BsonValue ticks) =>
        ticks.IsInt64 && ticks.AsInt64 >= 0 && ticks.AsInt64 <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(ticks.AsInt64, TimeSpan.Zero)
            : throw new InvalidDataException($"'{ticks}' is not an instant.");

    private static BsonMapper Create()
    {
        var mapper = new BsonMapper
        {
            EmptyStringToNull = false,
            TrimWhitespace = false,
            IncludeNonPublic = true,
            ResolveMember = Resolve,
        };
        mapper.RegisterType<DateTimeOffset>(instant => instant.UtcTicks, Instant);
        mapper.RegisterType<TimeSpan>(span => span.Ticks, value => new TimeSpan(value.AsInt64));
        mapper.RegisterType<char>(letter => letter.ToString(), value => value.AsString[0]);
        mapper.RegisterType<HighlightRule>(rule => rule.Text, value => HighlightRule.Of(value.AsString)[0]);
        mapper.RegisterType<OrderedDictionary>(StoreValue.WriteEntries, value => StoreValue.ReadEntries(value.AsArray));
        return mapper;
    }

    private static void Resolve(Type type, MemberInfo member, MemberMapper map)
    {
        // ids are asked of documents too, and a dataset tells by its query that it was not written by the first versions
        if (member.Name is not (nameof(ReportDataset.Query) or nameof(ReportTask.Id) or nameof(ReportRun.TaskId)))
        {
            LeaveOutEmpty(type, map);
        }

        // LiteDB asks reflection for it with each value
        map.DataType = Nullable.GetUnderlyingType(map.DataType) ?? map.DataType;
        if (!RecordMembers.IsKept(type, member))
        {
            map.FieldName = null;
        }
        else if (type == typeof(ReportTaskState) && member.Name == nameof(ReportTaskState.TaskId))
        {
            map.FieldName = "_id";
        }
        else if (map.DataType == typeof(object))
        {
            map.Serialize = (value, _) => StoreValue.Write(value);
            map.Deserialize = (value, _) => StoreValue.Read(value);
        }
    }

    // most members of most records are empty, and each costs as much to write and to read as one that is not
    private static void LeaveOutEmpty(Type type, MemberMapper map)
    {
        if (!OftenEmpty.Contains(type) || map.Getter is not { } get || !IsEmpty(get(Activator.CreateInstance(type)!)))
        {
            return;
        }

        map.Getter = record => get(record) is var value && IsEmpty(value) ? null : value;
    }

    private static bool IsEmpty(object? value) => value is false or 0 or 0L or "" or Array { Length: 0 };
}
