/// Who owns which field of an object, and what follows from it.
///
/// In Kubernetes several programs write one object: Git says the image, an autoscaler the replicas, a mesh adds a
/// sidecar. The API server keeps, per writer, the set of fields that it set ({@link
/// dev.holdfast.fields.ManagedFields}, each entry with a {@link dev.holdfast.fields.FieldSet}). An *apply* says all
/// that one writer wants: it sets these fields, removes what the same writer applied before and now leaves out, and
/// is refused where it would change a field of someone else ({@link dev.holdfast.fields.ServerSideApply}). Every
/// other write takes what it changes. What counts as one field is a matter of the {@link
/// dev.holdfast.fields.Schema}: the items of a list can have owners each, told apart by some of their own fields,
/// or the list is owned as a whole. The same sets tell what of a live object is ours to compare ({@link
/// dev.holdfast.fields.Projection}).
@NullMarked
package dev.holdfast.fields;

import org.jspecify.annotations.NullMarked;
