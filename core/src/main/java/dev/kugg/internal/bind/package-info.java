/**
 * Java interfaces over exports: checks an interface against what an instance exports and writes the
 * class that implements it.
 */
package dev.kugg.internal.bind;
